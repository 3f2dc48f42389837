package io.iotdbmigrate.mysql.gate;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.CutoverLock;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** {@code GET_LOCK} on a connection of its own: MySQL frees it when the connection or we die. */
public final class NamedLock implements CutoverLock {
    private static final int LONGEST_NAME = 64;
    private static final int HASH_DIGITS = 9;

    private final GateConnections connections;
    private final String name;

    public NamedLock(MySqlConfig config, String migration) {
        this.connections = new GateConnections(config, migration);
        this.name = fitting("iotdb-migrate." + migration.toLowerCase(Locale.ROOT));
    }

    private static String fitting(String wanted) {
        return wanted.length() <= LONGEST_NAME
                ? wanted
                : wanted.substring(0, LONGEST_NAME - HASH_DIGITS)
                        + String.format(Locale.ROOT, "-%08x", wanted.hashCode());
    }

    @Override
    public Held take() throws SQLException {
        Connection connection = connections.openToHold();
        try {
            if (query(connection, "SELECT GET_LOCK(?, 0)") == 1) {
                return () -> release(connection);
            }
            long holder = query(connection, "SELECT IS_USED_LOCK(?)");
            throw new UserException(
                    ExitCode.NOT_SWITCHED,
                    "another process is at a cutover of this migration (MySQL connection "
                            + holder
                            + address(connection, holder)
                            + "); wait for its end or stop it with Ctrl-C");
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private long query(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String address(Connection connection, long id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW PROCESSLIST")) {
            while (row.next()) {
                if (row.getLong("Id") == id) {
                    return " from " + row.getString("Host");
                }
            }
            return "";
        }
    }

    private static void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The connection is gone, and the lock with it.
        }
    }
}
