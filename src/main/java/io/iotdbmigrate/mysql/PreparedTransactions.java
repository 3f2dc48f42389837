package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * XA transactions that are prepared and neither committed nor rolled back. Their rows stand in the
 * binlog before a position that is noted now, and are not in the tables yet.
 */
public final class PreparedTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private PreparedTransactions() {}

    /**
     * Lists them as {@code XA RECOVER} does. Empty if the user lacks XA_RECOVER_ADMIN: then {@code
     * cdc} stops where one of them is committed.
     */
    static Set<String> list(Connection connection) {
        Set<String> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(Dialect.of(connection).preparedTransactions())) {
            while (rows.next()) {
                found.add(rows.getString("data"));
            }
        } catch (SQLException e) {
            return Set.of();
        }
        return found;
    }

    /**
     * Waits until those that are prepared now are not any more.
     *
     * @throws UserException exit code 4, if some still are after 10 s
     */
    public static void awaitNone(MySqlConfig config) throws InterruptedException {
        try (Connection connection = MySqlConnections.open(config)) {
            awaitNone(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("a connection to MySQL could not be closed", e);
        }
    }

    private static void awaitNone(Connection connection) throws InterruptedException {
        Set<String> open = list(connection);
        boolean ended =
                Await.until(
                        PATIENCE,
                        POLL,
                        () -> {
                            if (!open.isEmpty()) {
                                open.retainAll(list(connection));
                            }
                            return open.isEmpty();
                        });
        if (!ended) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "MySQL has prepared XA transactions, whose changes neither a copy nor the"
                            + " binlog behind it would have: "
                            + String.join(", ", open)
                            + "; commit or roll back each, see XA RECOVER, then start again");
        }
    }
}
