package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.GtidTags;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A replica that rows are read from, while another server, its origin, has the binlog. GTIDs alone
 * say what the one's rows are in the other's binlog.
 */
public final class ReadOnlySource {
    private static final String KEY = "connections.mysql.binlog_host";

    private final MySqlConfig config;

    /**
     * @param config one with an origin
     */
    public ReadOnlySource(MySqlConfig config) {
        this.config = config;
    }

    /**
     * Returns where the origin's binlog has what the replica has not applied yet.
     *
     * @param replica what the rows will be read from, later than this
     * @throws UserException exit code 3, if no GTIDs tell; 4, if the origin lacks some or has
     *     purged what is behind them
     */
    public BinlogPosition position(Connection replica) throws SQLException {
        String applied = gtids(replica, config);
        String server = BinlogPositions.server(replica);
        try (BinlogServer origin = new BinlogServer(config.origin())) {
            origin.ask(() -> gtids(origin.connection(), config.origin()));
            requireNoneOfItsOwn(origin.history().lacking(applied));
            BinlogPosition oldest = origin.history().oldest(applied);
            BinlogPosition position =
                    new BinlogPosition(oldest.file(), oldest.offset(), applied, server);
            origin.history().requireAvailable(position);
            return position;
        }
    }

    private void requireNoneOfItsOwn(String transactions) {
        if (!transactions.isEmpty()) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(config)
                            + " has transactions that its source "
                            + config.origin().address()
                            + " lacks, so its rows are not those of that binlog: "
                            + transactions
                            + "; make the replica anew from its source and keep super_read_only ON"
                            + " there, or remove "
                            + KEY
                            + " and name the source in connections.mysql.host");
        }
    }

    /**
     * Waits until the replica has all that the origin has now.
     *
     * @throws UserException exit code 4, if it has not within the time, or a server does not answer
     */
    public void awaitCaughtUp(Duration patience) {
        String wanted;
        try (BinlogServer origin = new BinlogServer(config.origin())) {
            wanted = origin.ask(() -> gtids(origin.connection(), config.origin()));
        }
        try (BinlogServer replica = new BinlogServer(config)) {
            replica.ask(() -> gtids(replica.connection(), config));
            boolean there = replica.ask(() -> isReached(replica.connection(), wanted, patience));
            if (!there) {
                throw new UserException(
                        ExitCode.MYSQL,
                        ServerName.at(config)
                                + " has not caught up with its source "
                                + config.origin().address()
                                + " within "
                                + patience.toSeconds()
                                + " s, so its rows say nothing about IoTDB; see SHOW REPLICA STATUS"
                                + " there, or remove "
                                + KEY
                                + " and name the source in connections.mysql.host");
            }
        }
    }

    private static boolean isReached(Connection replica, String wanted, Duration patience)
            throws SQLException {
        try (PreparedStatement statement =
                replica.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)")) {
            statement.setString(1, wanted);
            statement.setLong(2, patience.toSeconds());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 0;
            }
        }
    }

    /** Returns the set of transactions that a server has. */
    private static String gtids(Connection connection, MySqlConfig config) throws SQLException {
        if (!Dialect.of(connection).hasGtidSets()) {
            throw useless(config, "is no MySQL");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT @@GLOBAL.gtid_mode, @@GLOBAL.gtid_executed")) {
            row.next();
            String set = row.getString(2).replace("\n", "");
            if (!row.getString(1).equals("ON")) {
                throw useless(config, "has gtid_mode " + row.getString(1));
            }
            if (GtidTags.in(set)) {
                throw useless(config, "has GTIDs with tags");
            }
            return set;
        }
    }

    private static UserException useless(MySqlConfig config, String why) {
        return new UserException(
                ExitCode.CONFIG,
                KEY
                        + " needs GTIDs without tags on both servers, and "
                        + config.address()
                        + " "
                        + why
                        + "; set gtid_mode to ON on both, or remove "
                        + KEY
                        + " and read from the server whose binlog is followed");
    }

    /** Returns what stands in the way of it as {@link #position} would tell; empty if nothing. */
    public Optional<UserException> problem() {
        try (Connection replica = MySqlConnections.open(config)) {
            position(replica);
            return Optional.empty();
        } catch (UserException e) {
            return Optional.of(e);
        } catch (SQLException e) {
            return Optional.of(
                    new UserException(
                            ExitCode.MYSQL,
                            ServerName.at(config)
                                    + " does not name its GTIDs ("
                                    + e.getMessage()
                                    + "); see its error log, then start again",
                            e));
        }
    }
}
