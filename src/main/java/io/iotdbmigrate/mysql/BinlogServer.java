package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What has to be known of MySQL as the origin of a binlog, before it is read. Not thread-safe. */
public final class BinlogServer implements AutoCloseable {
    private static final int SYNTAX_ERROR = 1064;

    private static final long FIRST_EVENT = 4;

    /** Far above what people number their servers with. */
    private static final long FIRST_FREE_ID = 1_000_000_000L;

    /** The connector takes no larger ones. */
    private static final long LAST_ID = Integer.MAX_VALUE;

    private final MySqlConfig config;
    private final Connection connection;
    private final BinlogRowCounter rowEvents;

    public BinlogServer(MySqlConfig config) {
        this.config = config;
        this.connection = MySqlConnections.open(config);
        this.rowEvents = new BinlogRowCounter(config, () -> serverId(null).first());
    }

    /** Tells whether {@code SHOW MASTER STATUS} is gone, since MySQL 8.4. */
    public boolean lacksMasterStatus() {
        return ask(
                () -> {
                    int major = connection.getMetaData().getDatabaseMajorVersion();
                    int minor = connection.getMetaData().getDatabaseMinorVersion();
                    boolean mysql =
                            connection.getMetaData().getDatabaseProductName().equals("MySQL");
                    return mysql && (major > 8 || (major == 8 && minor >= 4));
                });
    }

    /**
     * Makes sure that the connector sees what is written from now on.
     *
     * @throws UserException exit code 4, if transactions are compressed: it passes over such ones
     */
    public void requireUncompressed() {
        String sql = "SHOW GLOBAL VARIABLES LIKE 'binlog_transaction_compression'";
        boolean compressed =
                ask(
                        () -> {
                            try (Statement statement = connection.createStatement();
                                    ResultSet row = statement.executeQuery(sql)) {
                                return row.next() && row.getString(2).equals("ON");
                            }
                        });
        if (compressed) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "binlog_transaction_compression is ON in MySQL at "
                            + config.address()
                            + ", and changes in compressed transactions cannot be read; run SET"
                            + " PERSIST binlog_transaction_compression = OFF");
        }
    }

    /**
     * Makes sure that the connector can follow the tables.
     *
     * @throws UserException exit code 3, if one is a view, whose changes MySQL logs as those of its
     *     tables
     */
    public void requireNoView(List<TableId> tables) {
        for (TableId table : tables) {
            if (ask(() -> new SchemaReader(connection).views(table.database()))
                    .contains(table.table())) {
                throw new UserException(
                        ExitCode.CONFIG,
                        table
                                + " is a view, which backfill can copy and cdc cannot follow: MySQL"
                                + " logs changes of its tables only; map those, and leave the view"
                                + " to a config of its own for backfill");
            }
        }
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
                                        "MySQL at "
                                                + config.address()
                                                + " writes no binlog, which cdc reads; start it with"
                                                + " --log-bin"));
    }

    /**
     * Returns an id under which no other replica is registered.
     *
     * @param wanted {@code mysql.cdc.server_id}, null if any will do
     * @throws UserException exit code 3, if a wanted one is taken
     */
    public ServerIdRange serverId(@Nullable ServerIdRange wanted) {
        Set<Long> taken = ask(this::takenIds);
        if (wanted == null) {
            long id;
            do {
                id = ThreadLocalRandom.current().nextLong(FIRST_FREE_ID, LAST_ID);
            } while (taken.contains(id));
            return new ServerIdRange(id, id);
        }
        for (long id = wanted.first(); id <= wanted.last(); id++) {
            if (!taken.contains(id)) {
                return new ServerIdRange(id, id);
            }
        }
        throw new UserException(
                ExitCode.CONFIG,
                "mysql.cdc.server_id: "
                        + (wanted.first() == wanted.last()
                                ? wanted.first() + " is taken"
                                : "all of " + wanted.first() + "-" + wanted.last() + " are taken")
                        + " by another replica of MySQL at "
                        + config.address()
                        + "; choose another one, or remove the key and a free one is picked");
    }

    private Set<Long> takenIds() throws SQLException {
        Set<Long> taken = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT @@server_id")) {
                row.next();
                taken.add(row.getLong(1));
            }
            try (ResultSet rows = replicas(statement)) {
                while (rows.next()) {
                    taken.add(rows.getLong(1));
                }
            }
        }
        return taken;
    }

    private static ResultSet replicas(Statement statement) throws SQLException {
        try {
            return statement.executeQuery("SHOW REPLICAS");
        } catch (SQLException e) {
            if (e.getErrorCode() != SYNTAX_ERROR) {
                throw e;
            }
            return statement.executeQuery("SHOW SLAVE HOSTS");
        }
    }

    /** Returns how the tables are defined now, by {@code database.table}. */
    public Map<String, String> createTables(List<TableId> tables) {
        return ask(() -> BinlogPositions.createTables(connection, tables));
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

    /** Returns the {@code server_uuid}: what answers at the address may be another server now. */
    public String uuid() {
        return ask(() -> BinlogPositions.serverUuid(connection));
    }

    /**
     * Makes sure that the server logs all changes itself.
     *
     * @throws UserException exit code 4, if it is a replica that logs none of those it receives
     */
    public void requireOwnBinlog() {
        ask(() -> ReplicaUpdates.unlogged(connection))
                .ifPresent(
                        variable -> {
                            throw new UserException(
                                    ExitCode.MYSQL,
                                    "MySQL at "
                                            + config.address()
                                            + " is a replica with "
                                            + variable
                                            + " = OFF, so its binlog has no change that comes from"
                                            + " its source; start it with "
                                            + variable
                                            + " = ON and copy the tables anew, or read the source"
                                            + " itself");
                        });
    }

    /**
     * Refuses a position from which the binlog cannot be read.
     *
     * @throws UserException exit code 4, if a part of it was purged, and names the oldest position
     *     left; or if it is of another server, and GTIDs do not say what that is here
     */
    public void requireAvailable(BinlogPosition position) {
        whyUnavailable(position)
                .ifPresent(
                        why -> {
                            throw why;
                        });
    }

    /** Returns what {@link #requireAvailable} would throw; empty if it would throw nothing. */
    public Optional<UserException> whyUnavailable(BinlogPosition position) {
        if (isAvailable(position)) {
            return Optional.empty();
        }
        String uuid = uuid();
        String former = position.server();
        String lacking = ask(() -> lacking(position.gtidSet()));
        if (!lacking.isEmpty()) {
            return Optional.of(OtherServer.lacks(config.address(), uuid, lacking));
        }
        return Optional.of(
                former == null || former.equals(uuid) || !position.gtidSet().isEmpty()
                        ? purged(position.toString())
                        : OtherServer.withoutGtids(
                                config.address(), former, uuid, position.toString()));
    }

    /** Tells whether the binlog can still be read from a position. */
    public boolean isAvailable(BinlogPosition position) {
        if (!position.gtidSet().isEmpty()) {
            return ask(
                    () ->
                            nothingPurgedAfter(position.gtidSet())
                                    && lacking(position.gtidSet()).isEmpty());
        }
        return (position.server() == null || position.server().equals(uuid()))
                && ask(this::logs).getOrDefault(position.file(), -1L) >= position.offset();
    }

    /**
     * Returns where the binlog begins. The connector wants a file and an offset also where a GTID
     * set says what to read.
     *
     * @throws UserException exit code 4, if there is no binlog
     */
    public BinlogPosition oldest(String gtidSet) {
        head();
        return new BinlogPosition(ask(this::logs).keySet().iterator().next(), FIRST_EVENT, gtidSet);
    }

    /**
     * Returns where the first transaction begins that was committed at a time or later; the
     * binlog's end, if there is none yet.
     *
     * @throws UserException exit code 4, if there is no binlog
     */
    public BinlogPosition firstAt(Instant time) {
        BinlogPosition end = head();
        return ask(
                () ->
                        new BinlogTimes(config, () -> serverId(null).first())
                                .firstAt(List.copyOf(logs().keySet()), time)
                                .orElse(end));
    }

    /** Says that the binlog is gone from a position on; names the oldest one left. Exit code 4. */
    public UserException purged(String position) {
        Map<String, Long> logs = ask(this::logs);
        String oldest =
                logs.isEmpty() ? "none" : logs.keySet().iterator().next() + ":" + FIRST_EVENT;
        return new UserException(
                ExitCode.MYSQL,
                "MySQL at "
                        + config.address()
                        + " has purged its binlog from "
                        + position
                        + " on, the oldest position left is "
                        + oldest
                        + ": changes are missing for good. Raise binlog_expire_logs_seconds, copy"
                        + " the tables anew with iotdb-migrate backfill --restart, then start"
                        + " cdc again");
    }

    private boolean nothingPurgedAfter(String gtidSet) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?)")) {
            statement.setString(1, gtidSet);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Returns the transactions of a set that the server never had; empty if there is none. */
    private String lacking(String gtidSet) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)")) {
            statement.setString(1, gtidSet);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1).replace("\n", "");
            }
        }
    }

    /** Returns the files with their sizes in bytes, oldest first. */
    private Map<String, Long> logs() throws SQLException {
        Map<String, Long> logs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
            while (rows.next()) {
                logs.put(rows.getString(1), rows.getLong(2));
            }
        }
        return logs;
    }

    /**
     * Counts row events of mapped tables behind a change. Its own counts if it has further rows.
     *
     * @param atMost counting ends there, at 1 or later
     */
    public long eventsBehind(ChangePosition after, Set<TableId> tables, long atMost) {
        return ask(
                () -> {
                    BinlogTail tail = new BinlogTail(connection, tables);
                    long behind = tail.behind(after, atMost);
                    return behind == 0 && !endsItsEvent(tail, after) ? 1 : behind;
                });
    }

    /**
     * Tells whether rows of mapped tables stand behind a change in events that begin before a
     * position.
     */
    public boolean anyEventBetween(
            ChangePosition after, BinlogPosition before, Set<TableId> tables) {
        return ask(
                () -> {
                    BinlogTail tail = new BinlogTail(connection, tables);
                    return tail.anyBetween(after, before)
                            || (after.isBefore(before.file(), before.offset())
                                    && !endsItsEvent(tail, after));
                });
    }

    private boolean endsItsEvent(BinlogTail tail, ChangePosition change)
            throws SQLException, IOException {
        OptionalLong tableMap = tail.tableMap(change);
        return tableMap.isEmpty()
                || change.row() + 1
                        >= rowEvents.rows(change.file(), tableMap.getAsLong(), change.offset());
    }

    /**
     * Returns the last statement behind a position that defines a table anew, with the place where
     * it stands. To tell a person: a name in it is taken for the table.
     */
    public Optional<String> definitionBehind(BinlogPosition position, TableId table) {
        return ask(() -> new BinlogTail(connection, List.of(table)).definition(position));
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException, IOException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException | IOException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "MySQL at "
                            + config.address()
                            + " did not answer what cdc has to know of it ("
                            + e.getMessage()
                            + "); see that user "
                            + SqlName.quote(config.user())
                            + " may use REPLICATION CLIENT and REPLICATION SLAVE",
                    e);
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
