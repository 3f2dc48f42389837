package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The choice of databases whose changes a server logs at all. Of a statement that defines tables,
 * the database counts in which it is executed, not the table's.
 *
 * @param only {@code binlog_do_db}; empty: all
 * @param without {@code binlog_ignore_db}, which counts if the other one is empty
 * @param foldsCase whether names of databases that differ by case only are one
 * @see <a
 *     href="https://dev.mysql.com/doc/refman/8.4/en/replication-rules-db-options.html">Evaluation
 *     of Database-Level Replication and Binary Logging Options</a>
 */
public record BinlogFilter(List<String> only, List<String> without, boolean foldsCase) {
    public BinlogFilter {
        only = List.copyOf(only);
        without = List.copyOf(without);
    }

    /**
     * Asks a server for its choice.
     *
     * @throws SQLException also if the user lacks REPLICATION CLIENT
     */
    public static BinlogFilter of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Dialect.of(connection).binlogStatus())) {
            if (!row.next()) {
                return new BinlogFilter(List.of(), List.of(), false);
            }
            List<String> only = names(row.getString("Binlog_Do_DB"));
            List<String> without = names(row.getString("Binlog_Ignore_DB"));
            return new BinlogFilter(only, without, foldsCase(connection));
        }
    }

    private static boolean foldsCase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@lower_case_table_names")) {
            row.next();
            return row.getInt(1) != 0;
        }
    }

    private static List<String> names(@Nullable String list) {
        return list == null || list.isBlank()
                ? List.of()
                : Stream.of(list.split(",", -1)).map(String::strip).toList();
    }

    /** Tells whether there is any choice. */
    public boolean isSet() {
        return !only.isEmpty() || !without.isEmpty();
    }

    /** Tells whether changes of a database are logged. */
    public boolean logs(String database) {
        return only.isEmpty() ? !has(without, database) : has(only, database);
    }

    private boolean has(List<String> names, String database) {
        return names.stream().anyMatch(foldsCase ? database::equalsIgnoreCase : database::equals);
    }

    /** Spells the choice as the server has it. */
    public String words() {
        return only.isEmpty()
                ? "binlog_ignore_db is " + String.join(", ", without)
                : "binlog_do_db is " + String.join(", ", only);
    }
}
