package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Whether a replica logs the changes that it receives. */
public final class ReplicaUpdates {
    private ReplicaUpdates() {}

    /**
     * Returns the name of the variable that is OFF on a replica; empty where all changes are
     * logged. The name is another one since MySQL 8.0.26.
     *
     * @throws SQLException also if the user lacks REPLICATION CLIENT
     */
    public static Optional<String> unlogged(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String variable;
            try (ResultSet row =
                    statement.executeQuery(
                            "SHOW GLOBAL VARIABLES WHERE Variable_name IN"
                                    + " ('log_replica_updates', 'log_slave_updates')"
                                    + " AND Value = 'OFF'")) {
                // Newer servers list both names, the new one first.
                variable = row.next() ? row.getString(1) : null;
            }
            return variable != null && isReplica(statement)
                    ? Optional.of(variable)
                    : Optional.empty();
        }
    }

    private static boolean isReplica(Statement statement) throws SQLException {
        String sql = Dialect.of(statement.getConnection()).replicaStatus();
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }
}
