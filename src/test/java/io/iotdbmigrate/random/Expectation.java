package io.iotdbmigrate.random;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What IoTDB should hold of the application's tables, read from MySQL by SQL alone. */
final class Expectation {
    private Expectation() {}

    static Contents of(TestDatabase database) throws SQLException {
        SortedMap<String, String> points = new TreeMap<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (Shape shape : Shape.values()) {
                points.putAll(points(database, shape, statement));
            }
        }
        return new Contents(points);
    }

    /** Rows come by their primary key, so of those that share a point the last one stands. */
    private static Map<String, String> points(
            TestDatabase database, Shape shape, Statement statement) throws SQLException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (ResultSet row =
                statement.executeQuery("SELECT * FROM " + shape.table() + " ORDER BY id")) {
            while (row.next()) {
                String device =
                        "%s.%s.d%s"
                                .formatted(
                                        database.iotdbDatabase(),
                                        shape.table(),
                                        row.getString("dev"));
                long time = shape == Shape.UNIQUE ? row.getLong("ts") : millis(row, "ts");
                rows.put(device + " " + time, values(row));
            }
        }
        Map<String, String> points = new HashMap<>();
        rows.forEach(
                (key, values) ->
                        values.forEach((column, value) -> points.put(key + " " + column, value)));
        return points;
    }

    private static Map<String, String> values(ResultSet row) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (String column : Shape.VALUES) {
            if (row.getObject(column) != null) {
                values.put(column, value(row, column));
            }
        }
        return values;
    }

    private static String value(ResultSet row, String column) throws SQLException {
        return switch (column) {
            case "n" -> "INT32 " + row.getInt(column);
            case "big" -> "INT64 " + row.getLong(column);
            case "note" -> "TEXT " + row.getString(column);
            case "at" -> "TIMESTAMP " + millis(row, column);
            case "flag" -> "BOOLEAN " + (row.getInt(column) != 0);
            case "x" ->
                    "DOUBLE " + Long.toHexString(Double.doubleToRawLongBits(row.getDouble(column)));
            default -> throw new IllegalArgumentException(column);
        };
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
