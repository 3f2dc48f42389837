package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.EventHeader;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guard that a server's binlog is the one in which a place was noted. {@code RESET BINARY LOGS
 * AND GTIDS} begins it anew under the same names and with the same GTIDs, and then the first of its
 * changes would count as read.
 */
public final class SameBinlog {
    /** No event at such an offset. */
    private static final int NO_EVENT = 1220;

    /** Clocks of two machines may differ, and one may have been set right since. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Set<EventType> READ =
            Set.of(EventType.ROTATE, EventType.FORMAT_DESCRIPTION);

    private final BinlogServer server;

    public SameBinlog(BinlogServer server) {
        this.server = server;
    }

    /**
     * Refuses a binlog that does not have a change that was read in it. One that is purged is not
     * looked for. Reads as a replica does, with a server id that is free.
     *
     * @param read in the binlog of this server
     * @throws UserException exit code 4, if it does not have it
     */
    public void requireHas(ChangePosition read) {
        if (requireEventAt(read)
                && server.ask(() -> header(read.file(), read.offset()).getTimestamp())
                        != read.atMillis()) {
            throw begunAnew(read);
        }
    }

    /**
     * Refuses a binlog that has no event where a change was read in it, whatever the event there
     * is. Only asks the server, as often as one likes.
     *
     * @param read in the binlog of this server
     * @return false if it cannot be told: it is purged, or the place is not exactly known
     * @throws UserException exit code 4, if it has none
     */
    public boolean requireEventAt(ChangePosition read) {
        if (!read.isInBinlog()
                || read.atMillis() == 0
                || read.offset() >= BinlogOffsets.UNREACHABLE) {
            return false;
        }
        BinlogPosition end = server.head();
        int files = ChangePosition.compareFiles(read.file(), end.file());
        if (files > 0 || (files == 0 && read.offset() > end.offset())) {
            throw begunAnew(read);
        }
        if (!server.history().has(read.file())) {
            return false;
        }
        if (!server.ask(() -> hasEventAt(read))) {
            throw begunAnew(read);
        }
        return true;
    }

    /**
     * Refuses a binlog in which a place was not noted.
     *
     * @param place of this server
     * @param begun when its file was begun, by the server's clock; null if that was not noted
     * @param noted when it was noted, by the clock of the machine that did
     * @throws UserException exit code 4, if the file there was begun at another time, or after the
     *     place was noted
     */
    public void requireNoted(BinlogPosition place, @Nullable Instant begun, Instant noted) {
        int files = ChangePosition.compareFiles(place.file(), server.head().file());
        if (files > 0) {
            throw begunAnew(place.toString());
        }
        Optional<Instant> now = begun(place.file());
        if (now.isPresent()
                && (begun == null
                        ? now.get().isAfter(noted.plus(server.ask(this::ahead)).plus(CLOCKS))
                        : !now.get().equals(begun))) {
            throw begunAnew(place.toString());
        }
    }

    /** Returns when a file was begun, by the server's clock; empty if it is purged. */
    public Optional<Instant> begun(String file) {
        return server.history().has(file)
                ? Optional.of(
                        Instant.ofEpochMilli(
                                server.ask(() -> header(file, BinlogHistory.FIRST_EVENT))
                                        .getTimestamp()))
                : Optional.empty();
    }

    /**
     * Returns when the file of a position was begun; empty where it is another server's, or the
     * user may not read it: cdc will need that and says so.
     */
    public static Optional<Instant> begun(MySqlConfig config, BinlogPosition position) {
        try (BinlogServer server = new BinlogServer(config)) {
            return server.uuid().equals(position.server())
                    ? new SameBinlog(server).begun(position.file())
                    : Optional.empty();
        } catch (UserException e) {
            return Optional.empty();
        }
    }

    private UserException begunAnew(ChangePosition read) {
        return begunAnew(read.file() + ":" + read.offset());
    }

    private UserException begunAnew(String place) {
        return OtherServer.begunAnew(server.address(), server.uuid(), place);
    }

    private boolean hasEventAt(ChangePosition read) throws SQLException {
        String sql =
                "SHOW BINLOG EVENTS IN '" + read.file() + "' FROM " + read.offset() + " LIMIT 1";
        try (Statement statement = server.connection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getLong("Pos") == read.offset();
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_EVENT) {
                return false;
            }
            throw e;
        }
    }

    private EventHeader header(String file, long offset) throws IOException {
        EventDeserializer headers = new EventDeserializer();
        for (EventType type : EventType.values()) {
            if (!READ.contains(type)) {
                headers.setEventDataDeserializer(type, new NullEventDataDeserializer());
            }
        }
        return new BinlogRowCounter(server.config(), () -> server.serverId(null).first())
                .read(headers, file, offset)
                .getHeader();
    }

    /** Returns by how much the server's clock is ahead of this one's. */
    private Duration ahead() throws SQLException {
        try (Statement statement = server.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT UNIX_TIMESTAMP()")) {
            row.next();
            return Duration.between(Instant.now(), Instant.ofEpochSecond(row.getLong(1)));
        }
    }
}
