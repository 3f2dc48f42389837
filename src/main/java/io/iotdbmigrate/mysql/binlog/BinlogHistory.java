package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a binlog that its server still has. */
public final class BinlogHistory {
    static final long FIRST_EVENT = 4;

    private final BinlogServer server;

    BinlogHistory(BinlogServer server) {
        this.server = server;
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

    /**
     * Refuses a server that lacks transactions whose rows were read.
     *
     * @param gtids of them; empty where that is not known
     * @throws UserException exit code 4, if it lacks one
     */
    public void requireHas(String gtids) {
        String lacking = lacking(gtids);
        if (!lacking.isEmpty()) {
            throw OtherServer.lacks(server.address(), server.uuid(), lacking);
        }
    }

    /** Returns what {@link #requireAvailable} would throw; empty if it would throw nothing. */
    public Optional<UserException> whyUnavailable(BinlogPosition position) {
        if (isAvailable(position)) {
            return Optional.empty();
        }
        String uuid = server.uuid();
        String former = position.server();
        String lacking = lacking(position.gtidSet());
        if (!lacking.isEmpty()) {
            return Optional.of(OtherServer.lacks(server.address(), uuid, lacking));
        }
        return Optional.of(
                former == null || former.equals(uuid) || !position.gtidSet().isEmpty()
                        ? purged(position.toString())
                        : OtherServer.withoutGtids(
                                server.address(), former, uuid, position.toString()));
    }

    /** Tells whether the binlog can still be read from a position. */
    public boolean isAvailable(BinlogPosition position) {
        if (!position.gtidSet().isEmpty()) {
            return server.ask(() -> nothingPurgedAfter(position.gtidSet()))
                    && lacking(position.gtidSet()).isEmpty();
        }
        return (position.server() == null || position.server().equals(server.uuid()))
                && server.ask(this::logs).getOrDefault(position.file(), -1L) >= position.offset();
    }

    /** Tells whether a file is there. */
    boolean has(String file) {
        return server.ask(this::logs).containsKey(file);
    }

    /**
     * Returns where the binlog begins. The connector wants a file and an offset also where a GTID
     * set says what to read.
     *
     * @throws UserException exit code 4, if there is no binlog
     */
    public BinlogPosition oldest(String gtidSet) {
        server.head();
        return new BinlogPosition(
                server.ask(this::logs).keySet().iterator().next(), FIRST_EVENT, gtidSet);
    }

    /**
     * Returns where the first transaction begins that was committed at a time or later; the
     * binlog's end, if there is none yet.
     *
     * @throws UserException exit code 4, if there is no binlog
     */
    public BinlogPosition firstAt(Instant time) {
        BinlogPosition end = server.head();
        return server.ask(
                () ->
                        new BinlogTimes(server.config(), () -> server.serverId(null).first())
                                .firstAt(List.copyOf(logs().keySet()), time)
                                .orElse(end));
    }

    /** Says that the binlog is gone from a position on; names the oldest one left. Exit code 4. */
    private UserException purged(String position) {
        Map<String, Long> logs = server.ask(this::logs);
        String oldest =
                logs.isEmpty() ? "none" : logs.keySet().iterator().next() + ":" + FIRST_EVENT;
        return new UserException(
                ExitCode.MYSQL,
                server.place()
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
                server.connection()
                        .prepareStatement("SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?)")) {
            statement.setString(1, gtidSet);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Returns the transactions of a set that the server never had; empty if there is none. */
    String lacking(String gtidSet) {
        // MariaDB has no such sets, and no variable to compare one with.
        return gtidSet.isEmpty() ? "" : server.ask(() -> subtracted(gtidSet));
    }

    private String subtracted(String gtidSet) throws SQLException {
        try (PreparedStatement statement =
                server.connection()
                        .prepareStatement("SELECT GTID_SUBTRACT(?, @@GLOBAL.gtid_executed)")) {
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
        try (Statement statement = server.connection().createStatement();
                ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
            while (rows.next()) {
                logs.put(rows.getString(1), rows.getLong(2));
            }
        }
        return logs;
    }
}
