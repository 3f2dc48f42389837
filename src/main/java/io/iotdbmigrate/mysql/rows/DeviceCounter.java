package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.FilterSql;
import io.iotdbmigrate.mysql.RowDecoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A counter that has MySQL count a table's mapped rows by device, in one pass. */
public final class DeviceCounter {
    private final TableMapping mapping;
    private final boolean uniqueRows;
    private final List<Column> deviceColumns;
    private final TimeSql time;

    /**
     * @param uniqueRows no two rows of the table can share (device, time)
     */
    public DeviceCounter(TableMapping mapping, boolean uniqueRows) {
        this.mapping = mapping;
        this.uniqueRows = uniqueRows;
        this.time = new TimeSql(mapping);
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
        if (time.isText()) {
            countTexts(connection, since, until, sink);
            return;
        }
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

    /**
     * Counts where the time is a text: MySQL sends each text of a device once, in the order of the
     * devices, and the mapping reads it.
     */
    private void countTexts(
            Connection connection, @Nullable Instant since, @Nullable Instant until, Sink sink)
            throws SQLException {
        List<Column> read = new ArrayList<>(deviceColumns);
        read.addAll(mapping.timeColumns());
        RowDecoder decoder = new RowDecoder(read);
        RowMapper mapper = new RowMapper(mapping);
        TimeWindow window = new TimeWindow(since, until, mapping.precision());
        try (PreparedStatement select =
                connection.prepareStatement(
                        textSql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = select.executeQuery()) {
                TextCount count = new TextCount();
                List<Object> before = null;
                while (rows.next()) {
                    Object[] values = decoder.decode(rows);
                    List<Object> device = Arrays.asList(values).subList(0, deviceColumns.size());
                    if (before != null && !before.equals(device)) {
                        count.send(mapper.deviceOf(row(before.toArray())), sink);
                    }
                    before = device;
                    count.add(mapper.timeOf(row(values)), window, rows, read.size() + 1);
                }
                if (before != null) {
                    count.send(mapper.deviceOf(row(before.toArray())), sink);
                }
            }
        }
    }

    /** The rows of one device whose time is a text. */
    private static final class TextCount {
        private final Set<Long> points = new HashSet<>();
        private long rows;
        private long empty;
        private long rejected;

        /**
         * Adds rows of one text.
         *
         * @param time empty if it is none
         * @param first column of all rows, those with a value, empty ones and rejected ones
         */
        void add(OptionalLong time, TimeWindow window, ResultSet counts, int first)
                throws SQLException {
            if (time.isPresent() ? !window.holds(time.getAsLong()) : window.isLimited()) {
                return;
            }
            rows += counts.getLong(first);
            if (time.isEmpty()) {
                rejected += counts.getLong(first);
                return;
            }
            if (counts.getLong(first + 1) > 0) {
                points.add(time.getAsLong());
            }
            empty += counts.getLong(first + 2);
            rejected += counts.getLong(first + 3);
        }

        void send(Optional<Device> device, Sink sink) {
            if (rows > 0) {
                sink.accept(new Count(device, rows, points.size(), empty, rejected));
            }
            points.clear();
            rows = 0;
            empty = 0;
            rejected = 0;
        }
    }

    private String textSql() {
        String rejected = CountSql.rejected(mapping);
        String value = hasValue();
        List<String> select = new ArrayList<>();
        deviceColumns.forEach(c -> select.add(identity(c)));
        select.add(time.bytes());
        select.add("COUNT(*)");
        select.add(sum("NOT " + rejected + " AND " + value));
        select.add(sum("NOT " + rejected + " AND NOT " + value));
        select.add(sum(rejected));
        int groups = deviceColumns.size() + 1;
        return "SELECT "
                + String.join(", ", select)
                + " FROM "
                + FilterSql.source(mapping)
                + groupBy(groups)
                + IntStream.rangeClosed(1, groups)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /**
     * Returns a row of the mapping with the device's columns in it, and the time's if it is there.
     */
    private @Nullable Object[] row(@Nullable Object[] values) {
        Object[] row = new Object[mapping.columns().size()];
        for (int i = 0; i < deviceColumns.size(); i++) {
            row[mapping.columnIndex(deviceColumns.get(i).name())] = values[i];
        }
        if (values.length > deviceColumns.size()) {
            row[mapping.time().columns().get(0)] = values[deviceColumns.size()];
        }
        return row;
    }

    private String sql(@Nullable Instant since, @Nullable Instant until) {
        List<String> window = time.window(since, until);
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
                                + time.identity()
                                + " END)");
        select.add(sum("NOT " + rejected + " AND NOT " + value));
        select.add(sum(rejected));
        return "SELECT "
                + String.join(", ", select)
                + " FROM "
                + FilterSql.source(mapping)
                + (window.isEmpty() ? "" : " WHERE " + String.join(" AND ", window))
                + groupBy(deviceColumns.size());
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
        if (mapping.keepsEmptyRows()) {
            return "TRUE";
        }
        return mapping.measurements().stream()
                .map(m -> CountSql.hasValue(mapping, m))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String groupBy(int columns) {
        return columns == 0
                ? ""
                : IntStream.rangeClosed(1, columns)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ", " GROUP BY ", ""));
    }
}
