package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A counter that has MySQL count a table's rows by device, in one pass. */
public final class DeviceCounter {
    private static final DateTimeFormatter LITERAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final long MICROS = 1_000_000L;

    private final TableMapping mapping;
    private final boolean uniqueRows;
    private final List<Column> deviceColumns;

    /**
     * @param uniqueRows no two rows of the table can share (device, time)
     */
    public DeviceCounter(TableMapping mapping, boolean uniqueRows) {
        this.mapping = mapping;
        this.uniqueRows = uniqueRows;
        this.deviceColumns =
                mapping.device().columns().stream()
                        .map(name -> mapping.columns().get(mapping.columnIndex(name)))
                        .toList();
    }

    /**
     * The rows of a device.
     *
     * @param device empty for rows that cannot have one; may come several times
     * @param rows all of them
     * @param points different times of those that can be mapped and have a value
     * @param empty rows with nothing but nulls
     * @param rejected rows that cannot be mapped, as far as SQL can tell
     */
    public record Count(
            Optional<Device> device, long rows, long points, long empty, long rejected) {}

    /** A sink that takes counts one by one. */
    @FunctionalInterface
    public interface Sink {
        void accept(Count count);
    }

    /**
     * Counts.
     *
     * @param since first time, null: from the beginning
     * @param until first time that is no longer counted, null: to the end
     */
    public void count(
            Connection connection, @Nullable Instant since, @Nullable Instant until, Sink sink)
            throws SQLException {
        RowDecoder decoder = new RowDecoder(deviceColumns);
        RowMapper mapper = new RowMapper(mapping);
        int first = deviceColumns.size() + 1;
        try (PreparedStatement select =
                connection.prepareStatement(
                        sql(since, until),
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.accept(
                            new Count(
                                    mapper.deviceOf(row(decoder.decode(rows))),
                                    rows.getLong(first),
                                    rows.getLong(first + 1),
                                    rows.getLong(first + 2),
                                    rows.getLong(first + 3)));
                }
            }
        }
    }

    /** Returns a row of the mapping with only the device's columns in it. */
    private @Nullable Object[] row(@Nullable Object[] device) {
        Object[] row = new Object[mapping.columns().size()];
        for (int i = 0; i < device.length; i++) {
            row[mapping.columnIndex(deviceColumns.get(i).name())] = device[i];
        }
        return row;
    }

    private String sql(@Nullable Instant since, @Nullable Instant until) {
        String rejected = CountSql.rejected(mapping);
        String value = hasValue();
        String good = "NOT " + rejected + " AND " + value;
        List<String> select = new ArrayList<>();
        deviceColumns.forEach(c -> select.add(identity(c)));
        select.add("COUNT(*)");
        select.add(
                uniqueRows
                        ? sum(good)
                        : "COUNT(DISTINCT CASE WHEN "
                                + good
                                + " THEN "
                                + CountSql.timeIdentity(mapping)
                                + " END)");
        select.add(sum("NOT " + rejected + " AND NOT " + value));
        select.add(sum(rejected));
        return "SELECT "
                + String.join(", ", select)
                + " FROM "
                + mapping.table().quoted()
                + where(since, until)
                + groupBy();
    }

    private static String sum(String condition) {
        return "COALESCE(SUM(" + condition + "), 0)";
    }

    /**
     * Writes what tells devices apart: in bytes, not by a collation, and in the character set that
     * is decoded.
     */
    private static String identity(Column column) {
        String name = SqlName.quote(column.name());
        return column.type().kind().isText()
                ? "CAST(CONVERT(" + name + " USING utf8mb4) AS BINARY)"
                : name;
    }

    private String hasValue() {
        return mapping.measurements().stream()
                .map(m -> hasValue(mapping.columns().get(m.column())))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Writes the condition of a value. A zero date becomes a null. */
    private static String hasValue(Column column) {
        String there = SqlName.quote(column.name()) + " IS NOT NULL";
        return CountSql.isDated(column.type())
                ? "(" + there + " AND NOT " + CountSql.isZeroDate(column) + ")"
                : there;
    }

    private String groupBy() {
        return deviceColumns.isEmpty()
                ? ""
                : IntStream.rangeClosed(1, deviceColumns.size())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ", " GROUP BY ", ""));
    }

    private String where(@Nullable Instant since, @Nullable Instant until) {
        String time = SqlName.quote(mapping.columns().get(mapping.timeColumn()).name());
        List<String> conditions = new ArrayList<>();
        if (since != null) {
            conditions.add(time + " >= " + literal(since));
        }
        if (until != null) {
            conditions.add(time + " < " + literal(until));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** Writes a time as a value of the time column. */
    private String literal(Instant instant) {
        Column column = mapping.columns().get(mapping.timeColumn());
        if (CountSql.isDated(column.type())) {
            ZoneId zone = column.type().kind() == Kind.TIMESTAMP ? ZoneOffset.UTC : mapping.zone();
            return "'" + LITERAL.format(LocalDateTime.ofInstant(instant, zone)) + "'";
        }
        long micros =
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), MICROS),
                        instant.getNano() / 1_000);
        TimestampUnit unit = mapping.timestampUnit();
        return Long.toString(
                switch (unit == null ? TimestampUnit.MS : unit) {
                    case S -> -Math.floorDiv(-micros, MICROS);
                    case MS -> -Math.floorDiv(-micros, 1_000L);
                    case US -> micros;
                    case NS -> Math.multiplyExact(micros, 1_000L);
                });
    }
}
