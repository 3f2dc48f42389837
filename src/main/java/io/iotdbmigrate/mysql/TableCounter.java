package io.iotdbmigrate.mysql;

import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TargetType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts in two passes: one over the rows, one over the devices. */
public final class TableCounter {
    private static final long SAMPLE_ROWS = 100_000;
    private static final String ABOVE_LONG = " > 9223372036854775807";

    private final Connection connection;
    private final TableMapping mapping;
    private final boolean fast;
    private final String source;
    private final List<String> select = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * @param key along which a sample is taken, empty: as the rows come
     * @param fast whether a sample of the first rows will do
     */
    public TableCounter(
            Connection connection, TableMapping mapping, Optional<TableKey> key, boolean fast) {
        this.connection = connection;
        this.mapping = mapping;
        this.fast = fast;
        this.source = fast ? sample(mapping, key) : mapping.table().quoted();
    }

    private static String sample(TableMapping mapping, Optional<TableKey> key) {
        String order = key.map(k -> " ORDER BY " + quoted(k.columns())).orElse("");
        return "(SELECT "
                + quoted(mapping.columns().stream().map(Column::name).toList())
                + " FROM "
                + mapping.table().quoted()
                + order
                + " LIMIT "
                + SAMPLE_ROWS
                + ") AS s";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(SqlName::quote).collect(Collectors.joining(", "));
    }

    /**
     * @param collapsing whether to count rows that share (device, time): by far the longest count
     */
    public TableCounts count(boolean collapsing) throws SQLException {
        String noDevice = CountSql.hasNoDevice(mapping);
        String time = CountSql.time(mapping);
        int rows = add("COUNT(*)");
        int oldest = add("MIN(" + time + ")");
        int nullTimes = sum(time + " IS NULL");
        int nullDevices = sum(noDevice);
        int complete = sum("NOT " + noDevice + " AND " + time + " IS NOT NULL");
        int distinct = collapsing ? add(distinct(noDevice)) : -1;
        Map<String, Integer> zeroDates = new LinkedHashMap<>();
        Map<String, Integer> notBoolean = new LinkedHashMap<>();
        Map<String, Integer> tooLarge = new LinkedHashMap<>();
        Map<String, Integer> tooEarly = new LinkedHashMap<>();
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            Column column = mapping.columns().get(measurement.column());
            String name = SqlName.quote(column.name());
            if (CountSql.isDated(column.type())) {
                zeroDates.put(column.name(), sum(CountSql.isZeroDate(column)));
            }
            if (measurement.type() == TargetType.BOOLEAN && column.type().kind() != Kind.BIT) {
                notBoolean.put(column.name(), sum(name + " NOT IN (0, 1)"));
            }
            if (measurement.type() == TargetType.INT64 && canExceedLong(column.type())) {
                tooLarge.put(column.name(), sum(name + ABOVE_LONG));
            }
            if (measurement.type() == TargetType.DATE) {
                String early = name + " < '1000-01-01' AND NOT " + CountSql.isZeroDate(column);
                tooEarly.put(column.name(), sum(early));
            }
        }
        Column timeColumn = mapping.columns().get(mapping.timeColumn());
        if (canExceedLong(timeColumn.type())) {
            String name = SqlName.quote(timeColumn.name());
            tooLarge.put(timeColumn.name(), sum(name + ABOVE_LONG));
        }
        values.addAll(row("SELECT " + String.join(", ", select) + " FROM " + source));
        return new TableCounts(
                number(rows),
                fast && number(rows) == SAMPLE_ROWS,
                collapsing ? number(complete) - number(distinct) : -1,
                number(nullTimes),
                OldestTime.of(mapping, (String) values.get(oldest)),
                devices(number(nullDevices), noDevice),
                found(zeroDates),
                found(notBoolean),
                found(tooLarge),
                found(tooEarly));
    }

    private static boolean canExceedLong(MySqlType type) {
        return switch (type.kind()) {
            case BIGINT -> type.unsigned();
            case BIT -> type.length() == Long.SIZE;
            default -> false;
        };
    }

    private int add(String expression) {
        select.add(expression);
        return select.size() - 1;
    }

    private int sum(String condition) {
        return add("COALESCE(SUM(" + condition + "), 0)");
    }

    private long number(int index) {
        return Long.parseLong((String) values.get(index));
    }

    private Map<String, Long> found(Map<String, Integer> counts) {
        Map<String, Long> found = new LinkedHashMap<>();
        counts.forEach(
                (column, index) -> {
                    if (number(index) > 0) {
                        found.put(column, number(index));
                    }
                });
        return found;
    }

    /** COUNT(DISTINCT ...) leaves out rows with a null among its values. */
    private String distinct(String noDevice) {
        List<String> identity = new ArrayList<>();
        identity.add("CASE WHEN " + noDevice + " THEN NULL ELSE 1 END");
        identity.addAll(CountSql.deviceIdentity(mapping));
        identity.add(CountSql.timeIdentity(mapping));
        return "COUNT(DISTINCT " + String.join(", ", identity) + ")";
    }

    private TableCounts.Devices devices(long nullRows, String noDevice) throws SQLException {
        List<DeviceTemplate.Node> nodes =
                mapping.device().nodes().stream()
                        .filter(n -> n.parts().stream().anyMatch(DeviceTemplate.Part::isColumn))
                        .toList();
        if (nodes.isEmpty()) {
            return new TableCounts.Devices(1, nullRows, 0, null, 0, null);
        }
        List<Object> row = row(new DeviceSql(mapping, nodes).query(source, noDevice));
        return new TableCounts.Devices(
                Long.parseLong((String) row.get(0)),
                nullRows,
                Long.parseLong((String) row.get(1)),
                DeviceSql.path(mapping.device(), (String) row.get(2)),
                Long.parseLong((String) row.get(3)),
                DeviceSql.path(mapping.device(), (String) row.get(4)));
    }

    private List<Object> row(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            List<Object> texts = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                texts.add(row.getString(i));
            }
            return texts;
        }
    }
}
