package io.iotdbmigrate.testkit.truth;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The points of one mapped table. */
final class ExpectedTable {
    private static final Set<String> KEYS =
            Set.of(
                    "table",
                    "device_field",
                    "timestamp_field",
                    "timestamp_unit",
                    "device_template",
                    "aligned",
                    "append_only",
                    "on_update",
                    "on_delete",
                    "on_duplicate",
                    "on_partition_drop",
                    "on_cascade",
                    "where",
                    "measurements");

    private final Connection connection;
    private final String table;
    private final String onDuplicate;
    private final String where;
    private final DevicePath device;
    private final List<SourceColumn> primaryKey;
    private final Spelling time;
    private final List<Spelling> deviceNames;
    private final Map<String, Spelling> measurements = new LinkedHashMap<>();

    /** Takes one mapping as YAML has it. */
    ExpectedTable(Connection connection, Map<String, Object> mapping, ZoneId zone)
            throws SQLException {
        require(mapping, KEYS::containsAll);
        this.connection = connection;
        this.table = (String) mapping.get("table");
        this.onDuplicate = (String) mapping.getOrDefault("on_duplicate", "last");
        this.where = (String) mapping.getOrDefault("where", "TRUE");
        this.device = new DevicePath((String) mapping.get("device_template"));
        Map<String, SourceColumn> columns = SourceColumn.of(connection, table);
        this.primaryKey = columns.values().stream().filter(SourceColumn::isKey).toList();
        String timeColumn = (String) mapping.get("timestamp_field");
        this.time =
                Spelling.time(
                        columns.get(timeColumn),
                        (String) mapping.getOrDefault("timestamp_unit", "ms"),
                        zone);
        this.deviceNames =
                device.columns().stream().map(c -> Spelling.name(columns.get(c))).toList();
        if ("all".equals(mapping.get("measurements"))) {
            columns.values().stream()
                    .filter(c -> !c.name().equals(timeColumn))
                    .filter(c -> !device.columns().contains(c.name()))
                    .forEach(c -> add(c.name(), c, c.defaultTarget(), zone));
            return;
        }
        for (Object each : (List<?>) mapping.get("measurements")) {
            Map<?, ?> measurement = (Map<?, ?>) each;
            String name = measurement.get("name").toString();
            Object field = measurement.get("field");
            SourceColumn column = columns.get(field == null ? name : field.toString());
            Object target = measurement.get("type");
            add(name, column, target == null ? column.defaultTarget() : target.toString(), zone);
        }
    }

    private void add(String name, SourceColumn column, String target, ZoneId zone) {
        measurements.put(DevicePath.quote(name), Spelling.value(column, target, zone));
    }

    private static void require(Map<String, Object> mapping, Predicate<Set<String>> known) {
        boolean told =
                known.test(mapping.keySet())
                        && "overwrite".equals(mapping.getOrDefault("on_update", "overwrite"))
                        && "delete".equals(mapping.getOrDefault("on_delete", "delete"));
        if (!told) {
            throw new IllegalStateException("the rows alone do not tell the points: " + mapping);
        }
    }

    /** Adds each row's points; a row takes the place of all values of an earlier one. */
    void addTo(Map<String, String> points) throws SQLException {
        Set<String> unordered = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet row = statement.executeQuery(query())) {
                while (row.next()) {
                    String point = point(row);
                    if (point != null) {
                        if (!isOrdered() && !unordered.add(point)) {
                            throw new IllegalStateException("which row stands at " + point + "?");
                        }
                        addRow(row, point, points);
                    }
                }
            }
        }
    }

    private boolean isOrdered() {
        return !primaryKey.isEmpty() && !onDuplicate.equals("fail");
    }

    /** Asks for the time, the device's names and the values of all rows that IoTDB can hold. */
    private String query() {
        List<Spelling> all = new ArrayList<>();
        all.add(time);
        all.addAll(deviceNames);
        all.addAll(measurements.values());
        String direction = onDuplicate.equals("first") ? " DESC" : "";
        return "SELECT "
                + all.stream().map(Spelling::sql).collect(Collectors.joining(", "))
                + " FROM "
                + SourceColumn.quote(table)
                + " WHERE ("
                + where
                + ") AND "
                + all.stream()
                        .map(s -> "COALESCE(" + s.fits() + ", TRUE)")
                        .collect(Collectors.joining(" AND "))
                + (primaryKey.isEmpty() ? "" : " ORDER BY ")
                + primaryKey.stream()
                        .map(c -> c.sql() + direction)
                        .collect(Collectors.joining(", "));
    }

    /** Reads device and time, or null of a row that has none. */
    private String point(ResultSet row) throws SQLException {
        String at = time.decoded(row.getString(1));
        Map<String, String> names = new LinkedHashMap<>();
        for (String column : device.columns()) {
            String name = row.getString(2 + names.size());
            if (name == null || name.isEmpty()) {
                return null;
            }
            names.put(column, name);
        }
        return at == null ? null : device.of(names) + " " + at + " ";
    }

    private void addRow(ResultSet row, String point, Map<String, String> points)
            throws SQLException {
        int index = 1 + deviceNames.size();
        for (Map.Entry<String, Spelling> measurement : measurements.entrySet()) {
            String value = measurement.getValue().decoded(row.getString(++index));
            if (value == null) {
                points.remove(point + measurement.getKey());
            } else {
                points.put(point + measurement.getKey(), value);
            }
        }
    }
}
