package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A reader that reads a table's columns and keys from {@code information_schema}. */
public final class SchemaReader {
    private final Connection connection;

    public SchemaReader(Connection connection) {
        this.connection = connection;
    }

    /** Reads a definition; empty if there is no such base table. */
    public Optional<TableSchema> read(TableId id) throws SQLException {
        List<Column> columns = columns(id);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableSchema(id, columns, keys(id, columns), estimatedRows(id)));
    }

    /** Names of the tables of a database, for suggestions. */
    public List<String> tables(String database) throws SQLException {
        String sql =
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    /** Names of those of a database's tables that are views. */
    public Set<String> views(String database) throws SQLException {
        String sql =
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND"
                        + " table_type LIKE '%VIEW'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database);
            Set<String> names = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    private List<Column> columns(TableId id) throws SQLException {
        String sql =
                """
                SELECT column_name, data_type, column_type, is_nullable, character_set_name,
                       collation_name, character_maximum_length, numeric_precision, numeric_scale,
                       datetime_precision
                FROM information_schema.columns
                WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.database());
            statement.setString(2, id.table());
            List<Column> columns = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(
                            new Column(
                                    row.getString(1),
                                    type(row),
                                    row.getString(4).equals("YES"),
                                    row.getString(5),
                                    row.getString(6)));
                }
            }
            return columns;
        }
    }

    private static MySqlType type(ResultSet row) throws SQLException {
        String declared = row.getString(3);
        Kind kind = kind(row.getString(2).toLowerCase(Locale.ROOT));
        long length =
                switch (kind) {
                    case DECIMAL, BIT -> row.getLong(8);
                    case DATETIME, TIMESTAMP, TIME -> row.getLong(10);
                    case CHAR, VARCHAR, TEXT, ENUM, SET, BINARY, VARBINARY, BLOB -> row.getLong(7);
                    default -> 0;
                };
        int scale = kind == Kind.DECIMAL ? row.getInt(9) : 0;
        return new MySqlType(kind, length, scale, declared.contains("unsigned"), declared);
    }

    private static Kind kind(String dataType) {
        return switch (dataType) {
            case "tinyint" -> Kind.TINYINT;
            case "smallint" -> Kind.SMALLINT;
            case "mediumint" -> Kind.MEDIUMINT;
            case "int" -> Kind.INT;
            case "bigint" -> Kind.BIGINT;
            case "bit" -> Kind.BIT;
            case "year" -> Kind.YEAR;
            case "float" -> Kind.FLOAT;
            case "double" -> Kind.DOUBLE;
            case "decimal" -> Kind.DECIMAL;
            case "char" -> Kind.CHAR;
            case "varchar" -> Kind.VARCHAR;
            case "tinytext", "text", "mediumtext", "longtext" -> Kind.TEXT;
            case "enum" -> Kind.ENUM;
            case "set" -> Kind.SET;
            case "json" -> Kind.JSON;
            case "binary" -> Kind.BINARY;
            case "varbinary" -> Kind.VARBINARY;
            case "tinyblob", "blob", "mediumblob", "longblob" -> Kind.BLOB;
            case "date" -> Kind.DATE;
            case "datetime" -> Kind.DATETIME;
            case "timestamp" -> Kind.TIMESTAMP;
            case "time" -> Kind.TIME;
            case "uuid" -> Kind.UUID;
            case "inet4" -> Kind.INET4;
            case "inet6" -> Kind.INET6;
            default -> Kind.UNSUPPORTED;
        };
    }

    private List<TableKey> keys(TableId id, List<Column> columns) throws SQLException {
        String sql =
                """
                SELECT index_name, column_name, non_unique, sub_part, %s
                FROM information_schema.statistics
                WHERE table_schema = ? AND table_name = ?
                  AND index_type IN ('BTREE', 'HASH')
                ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index"""
                        .formatted(Dialect.of(connection).usedIndex());
        Map<String, List<String>> columnsOf = new LinkedHashMap<>();
        Map<String, Boolean> usable = new LinkedHashMap<>();
        Map<String, Boolean> unique = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.database());
            statement.setString(2, id.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    String column = row.getString(2);
                    boolean plain = column != null && row.getString(4) == null && row.getBoolean(5);
                    usable.merge(name, plain, Boolean::logicalAnd);
                    unique.put(name, row.getInt(3) == 0);
                    columnsOf.computeIfAbsent(name, n -> new ArrayList<>()).add(column);
                }
            }
        }
        List<TableKey> keys = new ArrayList<>();
        columnsOf.forEach(
                (name, names) -> {
                    if (usable.get(name)) {
                        boolean noNulls =
                                columns.stream()
                                        .filter(c -> names.contains(c.name()))
                                        .noneMatch(Column::nullable);
                        keys.add(new TableKey(name, names, unique.get(name) && noNulls));
                    }
                });
        return keys;
    }

    private long estimatedRows(TableId id) throws SQLException {
        String sql =
                "SELECT COALESCE(table_rows, 0) FROM information_schema.tables"
                        + " WHERE table_schema = ? AND table_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.database());
            statement.setString(2, id.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
