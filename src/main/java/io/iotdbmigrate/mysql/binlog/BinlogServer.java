package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.Lookups;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MySQL as the origin of a binlog, seen over one connection. Not thread-safe. */
public final class BinlogServer implements AutoCloseable {
    /** Refusals of MySQL for lack of a grant: to a database, a table, or a statement. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(1044, 1142, 1143, 1227, 1370);

    private final MySqlConfig config;
    private final Connection connection;
    private final BinlogLag lag;

    public BinlogServer(MySqlConfig config) {
        this.config = config;
        this.connection = MySqlConnections.open(config);
        this.lag = new BinlogLag(this, new BinlogRowCounter(config, () -> serverId(null).first()));
    }

    /** Returns what the server must be like, so that its binlog can be followed. */
    public BinlogRequirements requirements() {
        return new BinlogRequirements(this);
    }

    /** Returns which part of the binlog is left. */
    public BinlogHistory history() {
        return new BinlogHistory(this);
    }

    /** Returns what the binlog has behind a change. */
    public BinlogLag lag() {
        return lag;
    }

    /**
     * Returns an id under which no other replica is registered.
     *
     * @param wanted {@code mysql.cdc.server_id}, null if any will do
     * @throws UserException exit code 3, if a wanted one is taken
     */
    public ServerIdRange serverId(@Nullable ServerIdRange wanted) {
        return new ReplicaIds(this).free(wanted);
    }

    /** Returns what kind of server it is. */
    public Dialect dialect() {
        return ask(() -> Dialect.of(connection));
    }

    /** Tells whether there is a binlog at all. */
    public boolean writesBinlog() {
        return ask(() -> BinlogPositions.current(connection)).isPresent();
    }

    /**
     * Returns where the binlog ends.
     *
     * @throws UserException exit code 4, if none is written
     */
    public BinlogPosition head() {
        return ask(() -> BinlogPositions.current(connection))
                .orElseThrow(
                        () ->
                                new UserException(
                                        ExitCode.MYSQL,
                                        ServerName.at(config)
                                                + " writes no binlog, which cdc reads; start it with"
                                                + " --log-bin"));
    }

    /** Returns how the tables are defined now, by {@code database.table}. */
    public Map<String, String> createTables(List<TableId> tables) {
        return ask(() -> BinlogPositions.createTables(connection, tables));
    }

    /**
     * Makes sure that look-ups have the rows that they had when they were read.
     *
     * @param since what was done meanwhile, as the end of a sentence
     * @throws UserException exit code 4, if not
     */
    public void requireUnchanged(List<LookupColumn> lookups, String since) {
        ask(
                () -> {
                    Lookups.requireUnchanged(connection, lookups, since);
                    return true;
                });
    }

    /**
     * Tells whether the server numbers new rows itself, so that each has the largest key so far.
     */
    public boolean ascendingKey(TableId table, List<String> keyColumns) {
        if (keyColumns.size() != 1) {
            return false;
        }
        return ask(
                () -> {
                    String sql =
                            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = ?"
                                    + " AND table_name = ? AND column_name = ?"
                                    + " AND extra LIKE '%auto_increment%'";
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setString(1, table.database());
                        statement.setString(2, table.table());
                        statement.setString(3, keyColumns.get(0));
                        try (ResultSet row = statement.executeQuery()) {
                            row.next();
                            return row.getInt(1) == 1;
                        }
                    }
                });
    }

    /** Returns what tells the server from others: another one may answer at the address now. */
    public String uuid() {
        return ask(() -> BinlogPositions.server(connection));
    }

    MySqlConfig config() {
        return config;
    }

    Connection connection() {
        return connection;
    }

    /** Names the server and its place, as sentences do. */
    String place() {
        return ServerName.at(config);
    }

    String address() {
        return config.address();
    }

    /** A look at the server. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SQLException, IOException;
    }

    /**
     * Asks the server.
     *
     * @throws UserException exit code 4, if it does not answer or has purged what it would take
     */
    <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (BinlogEvents.Purged e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(config)
                            + " cannot tell what it changed since ("
                            + e.getMessage()
                            + "); if cdc runs, wait for its next change, else copy the tables anew"
                            + " with iotdb-migrate backfill --restart");
        } catch (SQLException | IOException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(config)
                            + " did not answer what cdc has to know of it ("
                            + e.getMessage()
                            + "); "
                            + remedy(e),
                    e);
        }
    }

    private String remedy(Exception refusal) {
        return refusal instanceof SQLException sql && NOT_ALLOWED.contains(sql.getErrorCode())
                ? "grant user " + SqlName.quote(config.user()) + " " + grants()
                : "see MySQL's error log, then start again";
    }

    /** Names what a user needs; those of MySQL, if the server does not even tell its version. */
    private String grants() {
        try {
            return String.join(" and ", Dialect.of(connection).replicationGrants());
        } catch (SQLException e) {
            return "REPLICATION CLIENT and REPLICATION SLAVE";
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
