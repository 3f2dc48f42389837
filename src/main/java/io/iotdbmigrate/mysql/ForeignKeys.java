package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The foreign keys of a database that have one column. */
public final class ForeignKeys {
    private ForeignKeys() {}

    /** A column that refers to one of another table. */
    public record Reference(String table, String column, TableId to, String toColumn) {}

    /** Reads those of all tables. */
    public static List<Reference> of(Connection connection, String database) throws SQLException {
        String sql =
                """
                SELECT MIN(table_name), MIN(column_name), MIN(referenced_table_schema),
                       MIN(referenced_table_name), MIN(referenced_column_name)
                FROM information_schema.key_column_usage
                WHERE table_schema = ? AND referenced_table_name IS NOT NULL
                GROUP BY table_name, constraint_name HAVING COUNT(*) = 1 ORDER BY 1, 2""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, database);
            List<Reference> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new Reference(
                                    rows.getString(1),
                                    rows.getString(2),
                                    new TableId(rows.getString(3), rows.getString(4)),
                                    rows.getString(5)));
                }
            }
            return found;
        }
    }
}
