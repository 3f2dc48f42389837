package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether one server answers at an address. A proxy that spreads connections, or sends reads and
 * writes to different servers, would mix rows of one with the binlog of another.
 */
public final class OneServer {
    private static final int CONNECTIONS = 3;

    private OneServer() {}

    /** A source of connections to the address. */
    @FunctionalInterface
    public interface Opener {
        Connection open() throws SQLException;
    }

    /**
     * Makes sure of it, as far as a few connections show.
     *
     * @throws UserException exit code 4, if several servers answer, or none does
     */
    public static void require(MySqlConfig config) {
        Optional<UserException> problem;
        try {
            problem = problem(config, () -> MySqlConnections.open(config));
        } catch (SQLException e) {
            throw ConnectFailure.refusal(config, e);
        }
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    /**
     * Looks who answers to a query, and to one inside a transaction, on several connections at
     * once. Returns what is wrong; empty if it is one server.
     */
    public static Optional<UserException> problem(MySqlConfig config, Opener opener)
            throws SQLException {
        Set<String> servers = new TreeSet<>();
        ask(opener, CONNECTIONS, servers);
        return servers.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new UserException(
                                ExitCode.MYSQL,
                                "several servers answer at "
                                        + config.address()
                                        + " ("
                                        + String.join(", ", servers)
                                        + "), as behind ProxySQL or another proxy that splits reads"
                                        + " from writes; set host and port in connections.mysql to"
                                        + " those of one server"));
    }

    /**
     * Asks while the earlier connections are open, so that a pool cannot give one of them again.
     */
    private static void ask(Opener opener, int left, Set<String> servers) throws SQLException {
        if (left == 0) {
            return;
        }
        try (Connection connection = opener.open();
                Statement statement = connection.createStatement()) {
            String identity = Dialect.of(connection).identity();
            servers.add(text(statement, identity));
            statement.execute("START TRANSACTION");
            servers.add(text(statement, identity));
            statement.execute("ROLLBACK");
            ask(opener, left - 1, servers);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
