package io.iotdbmigrate.mysql.gate;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that a cutover uses: none waits for an answer longer than half a minute, whatever
 * became of the server. Statements that may have to wait there carry a mark by which they are found
 * and ended, also those of a process that died.
 */
public final class GateConnections {
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** It has ended meanwhile. */
    private static final int NO_SUCH_THREAD = 1094;

    private static final String SOCKET_TIMEOUT_MILLIS = "30000";

    private final MySqlConfig config;
    private final String mark;

    /**
     * @param migration the migration's name
     */
    public GateConnections(MySqlConfig config, String migration) {
        Map<String, String> properties = new HashMap<>(config.properties());
        properties.putIfAbsent("socketTimeout", SOCKET_TIMEOUT_MILLIS);
        this.config =
                new MySqlConfig(
                        config.host(),
                        config.port(),
                        config.user(),
                        config.password(),
                        config.database(),
                        config.timeZone(),
                        config.tls(),
                        properties,
                        config.binlog());
        this.mark = "iotdb-migrate cutover " + migration.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    public MySqlConfig config() {
        return config;
    }

    /** Opens a new connection. */
    public Connection open() {
        return MySqlConnections.open(config);
    }

    /** Opens a new connection that the server keeps, however long it is idle. */
    Connection openToHold() throws SQLException {
        Connection connection = open();
        try {
            execute(connection, "SET SESSION wait_timeout = 2147483");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Executes a statement that may have to wait for locks, but no longer than the limit. */
    void executeMarked(Connection connection, Duration limit, String sql) throws SQLException {
        execute(connection, "SET SESSION lock_wait_timeout = " + Math.max(1, limit.toSeconds()));
        try {
            execute(connection, "/* " + mark + " */ " + sql);
        } catch (SQLException e) {
            if (e.getErrorCode() != LOCK_WAIT_TIMEOUT) {
                throw e;
            }
            throw new UserException(
                    ExitCode.NOT_SWITCHED,
                    "MySQL did not come to \""
                            + sql
                            + "\" in "
                            + limit.toSeconds()
                            + " s: a session holds locks; look for long transactions, LOCK TABLES"
                            + " and backups in SHOW PROCESSLIST",
                    e);
        }
    }

    /** Ends marked statements that still wait on the server. */
    void killMarked(Connection connection) throws SQLException {
        try (Statement list = connection.createStatement();
                ResultSet row = list.executeQuery("SHOW FULL PROCESSLIST")) {
            while (row.next()) {
                String sql = row.getString("Info");
                if (sql != null && sql.startsWith("/* " + mark + " */")) {
                    kill(connection, row.getLong("Id"));
                }
            }
        }
    }

    private static void kill(Connection connection, long id) throws SQLException {
        try {
            execute(connection, "KILL " + id);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
