package io.iotdbmigrate.testkit.truth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A column as {@code information_schema} describes it.
 *
 * @param dataType such as {@code int}
 * @param columnType such as {@code int unsigned}
 * @param precision digits of a DECIMAL
 * @param isKey whether the primary key has it
 */
record SourceColumn(String name, String dataType, String columnType, int precision, boolean isKey) {

    /** Reads the columns of a table, the primary key's first and in its order. */
    static Map<String, SourceColumn> of(Connection connection, String table) throws SQLException {
        Map<String, SourceColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT c.column_name, data_type, column_type,
                            COALESCE(numeric_precision, 0), seq_in_index
                        FROM information_schema.columns c
                        LEFT JOIN information_schema.statistics s
                            ON s.table_schema = c.table_schema AND s.table_name = c.table_name
                            AND s.column_name = c.column_name AND s.index_name = 'PRIMARY'
                        WHERE c.table_schema = DATABASE() AND c.table_name = ?
                        ORDER BY seq_in_index IS NULL, seq_in_index
                        """)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(
                            row.getString(1),
                            new SourceColumn(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getInt(4),
                                    row.getString(5) != null));
                }
            }
        }
        return columns;
    }

    /** Quotes a name for SQL. */
    static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    String sql() {
        return quote(name);
    }

    /** Names the IoTDB type that the documentation gives for this column. */
    String defaultTarget() {
        return switch (dataType) {
            case "tinyint" -> columnType.startsWith("tinyint(1)") ? "BOOLEAN" : "INT32";
            case "bit" -> columnType.equals("bit(1)") ? "BOOLEAN" : "INT64";
            case "smallint", "mediumint", "year" -> "INT32";
            case "int" -> columnType.contains("unsigned") ? "INT64" : "INT32";
            case "bigint", "time" -> "INT64";
            case "float" -> "FLOAT";
            case "double" -> "DOUBLE";
            case "decimal" -> precision <= 15 ? "DOUBLE" : "TEXT";
            case "date" -> "DATE";
            case "datetime", "timestamp" -> "TIMESTAMP";
            case "json" -> "TEXT";
            default -> isBinary() ? "BLOB" : isText() ? "TEXT" : unsupported();
        };
    }

    boolean isText() {
        return dataType.endsWith("char")
                || dataType.endsWith("text")
                || dataType.equals("enum")
                || dataType.equals("set")
                || dataType.equals("uuid")
                || dataType.startsWith("inet");
    }

    boolean isBinary() {
        return dataType.endsWith("binary") || dataType.endsWith("blob");
    }

    boolean isCalendar() {
        return dataType.equals("date") || isInstant();
    }

    boolean isInstant() {
        return dataType.equals("datetime") || dataType.equals("timestamp");
    }

    boolean isFloating() {
        return dataType.equals("float") || dataType.equals("double");
    }

    private String unsupported() {
        throw new IllegalStateException("no IoTDB type is documented for " + columnType);
    }
}
