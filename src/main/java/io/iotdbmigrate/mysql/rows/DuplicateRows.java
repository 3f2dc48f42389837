package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.mapping.CanonicalText;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.FilterSql;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.RowDecoder;
import io.iotdbmigrate.mysql.VisibleCommits;
import io.iotdbmigrate.mysql.rows.PointSql.Condition;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The question to MySQL which rows share a device and a time now, and which of them stands by
 * {@code on_duplicate}. What it finds may be newer than the change that led to the question; the
 * changes in between come later and lead to the same end. Not thread-safe.
 */
public final class DuplicateRows implements AutoCloseable {
    private static final int POINTS_A_QUERY = 500;

    /** The columns with which indexes begin, those too of which an index has only a part. */
    private static final String FIRST_OF_INDEXES =
            "SELECT column_name FROM information_schema.statistics WHERE table_schema = ?"
                    + " AND table_name = ? AND seq_in_index = 1 AND column_name IS NOT NULL";

    private final MySqlConfig config;
    private final boolean behindBinlog;
    private @Nullable Connection connection;

    public DuplicateRows(MySqlConfig config) {
        this(config, false);
    }

    private DuplicateRows(MySqlConfig config, boolean behindBinlog) {
        this.config = config;
        this.behindBinlog = behindBinlog;
    }

    /**
     * Makes one for changes that come by the binlog. MySQL sends them before it shows them, so each
     * question waits until it does.
     */
    public static DuplicateRows behindBinlog(MySqlConfig config) {
        return new DuplicateRows(config, true);
    }

    /** A point in time of a device. */
    public record Point(Device device, long time) {}

    /**
     * Returns the rows that stand.
     *
     * @param points with the canonical values of the device's columns and, last, of the time's
     * @return without the points of which MySQL has no row
     * @throws UserException exit code 6, if two rows share a point and {@code on_duplicate} is fail
     */
    public Map<Point, TargetRow> standing(TableMapping mapping, Map<Point, List<Object>> points)
            throws IOException {
        if (mapping.keepsWholeRows()) {
            return standingAt(mapping, points.keySet());
        }
        Map<Point, Set<List<Object>>> keys = new LinkedHashMap<>();
        points.forEach((point, key) -> keys.put(point, Set.of(key)));
        return standingOfAny(mapping, keys);
    }

    /**
     * Returns the same where rows with different values of those columns are known to have come to
     * a point.
     */
    public Map<Point, TargetRow> standingOfAny(
            TableMapping mapping, Map<Point, Set<List<Object>>> points) throws IOException {
        if (mapping.keepsWholeRows()) {
            return standingAt(mapping, points.keySet());
        }
        List<Map.Entry<Point, Set<List<Object>>>> keys = new ArrayList<>(points.entrySet());
        List<Column> device = new ArrayList<>();
        mapping.device()
                .columns()
                .forEach(c -> device.add(mapping.columns().get(mapping.columnIndex(c))));
        TimePoints time = new TimePoints(mapping);
        List<Condition> queries = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += POINTS_A_QUERY) {
            keysOf(keys.subList(from, Math.min(keys.size(), from + POINTS_A_QUERY)), device, time)
                    .ifPresent(queries::add);
        }
        return read(mapping, queries, points.keySet());
    }

    /**
     * Returns the same where only the points are known, as of a table that another one shares them
     * with.
     */
    public Map<Point, TargetRow> standingAt(TableMapping mapping, Set<Point> points)
            throws IOException {
        if (points.size() > POINTS_A_QUERY && !isIndexed(mapping)) {
            return read(mapping, List.of(Condition.ALWAYS), points);
        }
        PointSql sql = new PointSql(mapping);
        List<Point> all = List.copyOf(points);
        List<Condition> queries = new ArrayList<>();
        for (int from = 0; from < all.size(); from += POINTS_A_QUERY) {
            sql.anyOf(all.subList(from, Math.min(all.size(), from + POINTS_A_QUERY)))
                    .ifPresent(queries::add);
        }
        return read(mapping, queries, points);
    }

    /**
     * Tells whether an index begins with a column of the device or of the time. Where none does, as
     * many questions as there are points would each read the table.
     */
    private boolean isIndexed(TableMapping mapping) throws IOException {
        List<String> columns = new ArrayList<>(mapping.device().columns());
        mapping.timeColumns().forEach(c -> columns.add(c.name()));
        try (PreparedStatement select = open().prepareStatement(FIRST_OF_INDEXES)) {
            select.setString(1, mapping.table().database());
            select.setString(2, mapping.table().table());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String first = rows.getString(1);
                    if (columns.stream().anyMatch(c -> c.equalsIgnoreCase(first))) {
                        return true;
                    }
                }
            }
            return false;
        } catch (SQLException e) {
            close();
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    static void fill(PreparedStatement select, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            select.setObject(i + 1, parameters.get(i));
        }
    }

    private Map<Point, TargetRow> read(
            TableMapping mapping, List<Condition> queries, Set<Point> wanted) throws IOException {
        Map<Point, TargetRow> standing = new HashMap<>();
        if (behindBinlog && !queries.isEmpty()) {
            awaitVisible();
        }
        for (Condition query : queries) {
            try {
                read(mapping, query, wanted, standing);
            } catch (SQLException e) {
                if (isGone(mapping, e)) {
                    return standing;
                }
                close();
                throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
            }
        }
        return standing;
    }

    private void awaitVisible() throws IOException {
        try {
            VisibleCommits.await(open());
        } catch (SQLException e) {
            close();
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    /**
     * Tells whether a query failed because MySQL has a table of a pattern no more: it has no rows,
     * then.
     */
    static boolean isGone(TableMapping mapping, SQLException failure) {
        return TableFailure.isGone(failure) && mapping.patternOf(mapping.table()).isPresent();
    }

    private void read(
            TableMapping mapping,
            Condition condition,
            Set<Point> wanted,
            Map<Point, TargetRow> standing)
            throws SQLException {
        RowMapper mapper = new RowMapper(mapping);
        RowDecoder decoder = new RowDecoder(mapping.columns());
        Set<Point> seen = new HashSet<>();
        try (PreparedStatement select = open().prepareStatement(select(mapping, condition.sql()))) {
            fill(select, condition.parameters());
            if (condition.equals(Condition.ALWAYS)) {
                // Else the driver holds them all.
                select.setFetchSize(Integer.MIN_VALUE);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    RowMapper.Result result = mapper.map(decoder.decode(rows));
                    if (result instanceof RowMapper.Mapped mapped) {
                        TargetRow row = mapped.row();
                        Point point = new Point(row.device(), row.time());
                        if (wanted.contains(point)) {
                            boolean another = !seen.add(point);
                            if (another && mapping.onDuplicate() == OnDuplicate.FAIL) {
                                throw duplicate(mapping, point);
                            }
                            if (!another || mapping.onDuplicate() == OnDuplicate.LAST) {
                                standing.put(point, row);
                            }
                        }
                    }
                }
            }
        }
    }

    /** Returns the query for the rows of a table that meet a condition, in the order of its key. */
    static String select(TableMapping mapping, String where) {
        String list =
                mapping.columns().stream()
                        .map(c -> SqlName.quote(c.name()))
                        .collect(Collectors.joining(", "));
        String order =
                mapping.keyColumns().stream()
                        .map(c -> SqlName.quote(mapping.columns().get(c).name()))
                        .collect(Collectors.joining(", "));
        return "SELECT "
                + list
                + " FROM "
                + mapping.table().quoted()
                + FilterSql.where(mapping, where)
                + (order.isEmpty() ? "" : " ORDER BY " + order);
    }

    /**
     * Returns the condition for points by their keys, of which the device's columns come first:
     * what has the same of those is asked for together.
     */
    private static Optional<Condition> keysOf(
            List<Map.Entry<Point, Set<List<Object>>>> points,
            List<Column> device,
            TimePoints time) {
        Map<List<Object>, Set<Long>> times = new LinkedHashMap<>();
        points.forEach(
                of ->
                        of.getValue()
                                .forEach(
                                        key ->
                                                times.computeIfAbsent(
                                                                key.subList(0, device.size()),
                                                                d -> new LinkedHashSet<>())
                                                        .add(of.getKey().time())));
        List<Condition> any = new ArrayList<>();
        times.forEach(
                (key, of) -> time.anyOf(of).map(device(key, device)::and).ifPresent(any::add));
        return any.isEmpty() ? Optional.empty() : Optional.of(Condition.any(any));
    }

    private static Condition device(List<Object> key, List<Column> device) {
        if (device.isEmpty()) {
            return Condition.ALWAYS;
        }
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < device.size(); i++) {
            terms.add(SqlName.quote(device.get(i).name()) + " = ?");
            parameters.add(parameter(key.get(i), device.get(i)));
        }
        return new Condition(String.join(" AND ", terms), parameters);
    }

    private static Object parameter(Object value, Column column) {
        return switch (column.type().kind()) {
            case BINARY, VARBINARY, BLOB -> value;
            case TIMESTAMP -> CanonicalText.of(value, column.type()).replace("Z", "");
            case DATE, DATETIME, TIME -> CanonicalText.of(value, column.type());
            default -> value;
        };
    }

    private static UserException duplicate(TableMapping mapping, Point point) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "several rows of "
                        + mapping.table()
                        + " share device "
                        + point.device().path()
                        + " and time "
                        + point.time()
                        + ", and on_duplicate is fail; remove all but one, or set on_duplicate to"
                        + " last or first, and start cdc again");
    }

    /** Opens it; that MySQL is away is nothing for a person: the job tries again. */
    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = MySqlConnections.connect(config);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is gone already, which is all that closing is for.
                connection = null;
            }
        }
    }
}
