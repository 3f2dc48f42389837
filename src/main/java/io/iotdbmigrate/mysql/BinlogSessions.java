package io.iotdbmigrate.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that write to the binlog otherwise than the server's settings say: a connection keeps
 * what it found when it was opened, or sets its own.
 */
final class BinlogSessions {
    private static final String SQL =
            """
            SELECT t.processlist_id, t.processlist_user, v.variable_name, v.variable_value
            FROM performance_schema.variables_by_thread v
            JOIN performance_schema.threads t ON t.thread_id = v.thread_id
            WHERE t.processlist_id IS NOT NULL AND (
                (v.variable_name = 'binlog_format' AND v.variable_value <> 'ROW')
                OR (v.variable_name = 'binlog_row_image' AND v.variable_value <> 'FULL')
                OR (v.variable_name = 'binlog_row_value_options' AND v.variable_value <> '')
                OR (v.variable_name = 'binlog_transaction_compression'
                    AND v.variable_value <> 'OFF'))
            ORDER BY 1, 3""";

    private BinlogSessions() {}

    /**
     * Lists them, one a line of words; empty also if the user may not read performance_schema, for
     * then {@code cdc} stops at what they write.
     */
    static List<String> list(Connection connection) {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            while (rows.next()) {
                found.add(
                        "connection %d of %s has %s = %s"
                                .formatted(
                                        rows.getLong(1),
                                        rows.getString(2),
                                        rows.getString(3),
                                        rows.getString(4)));
            }
        } catch (SQLException e) {
            return List.of();
        }
        return found;
    }
}
