package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The events that a binlog has behind a change. Not thread-safe. */
public final class BinlogLag {
    private final BinlogServer server;
    private final BinlogRowCounter rowEvents;

    BinlogLag(BinlogServer server, BinlogRowCounter rowEvents) {
        this.server = server;
        this.rowEvents = rowEvents;
    }

    /**
     * Counts row events of mapped tables behind a change. Its own counts if it has further rows.
     *
     * @param atMost counting ends there, at 1 or later
     */
    public long eventsBehind(ChangePosition after, CountedTables tables, long atMost) {
        return server.ask(
                () -> {
                    BinlogTail tail = new BinlogTail(server.connection(), tables);
                    long behind = tail.behind(after, atMost);
                    return behind == 0 && !endsItsEvent(tail, after, false) ? 1 : behind;
                });
    }

    /**
     * Counts row events of mapped tables behind a change, for a chart: further rows of its own
     * event are left out.
     *
     * @param atMost counting ends there
     * @throws UserException exit code 4, also if MySQL takes longer than the patience
     */
    public long roughlyBehind(
            ChangePosition after, CountedTables tables, long atMost, Duration patience) {
        return server.ask(
                () -> {
                    Connection connection = server.connection();
                    connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
                    return new BinlogTail(connection, tables, patience).behind(after, atMost);
                });
    }

    /**
     * Tells whether rows of mapped tables stand behind a change in events that begin before a
     * position.
     */
    public boolean anyEventBetween(
            ChangePosition after, BinlogPosition before, CountedTables tables) {
        return server.ask(
                () -> {
                    BinlogTail tail = new BinlogTail(server.connection(), tables);
                    return tail.anyBetween(after, before)
                            || (after.isBefore(before.file(), before.offset())
                                    && !endsItsEvent(tail, after, false));
                });
    }

    /**
     * Tells whether rows of a table stand behind a change and in events that begin before a
     * position.
     */
    boolean anyRowBetween(ChangePosition after, BinlogPosition before, TableId table)
            throws SQLException, IOException {
        BinlogTail tail = new BinlogTail(server.connection(), CountedTables.only(Set.of(table)));
        return tail.anyRowsBetween(after, before)
                || (after.isBefore(before.file(), before.offset())
                        && !endsItsEvent(tail, after, true));
    }

    private boolean endsItsEvent(BinlogTail tail, ChangePosition change, boolean onlyCounted)
            throws SQLException, IOException {
        if (change.row() == ChangePosition.ALL_ROWS) {
            return true;
        }
        if (change.offset() >= BinlogOffsets.UNREACHABLE) {
            // The event cannot be read alone. The replication marks where all its rows are taken.
            return false;
        }
        OptionalLong tableMap = tail.tableMap(change, onlyCounted);
        return tableMap.isEmpty()
                || change.row() + 1
                        >= rowEvents.rows(change.file(), tableMap.getAsLong(), change.offset());
    }

    /**
     * Returns the last statement behind a position that defines a table anew, with the place where
     * it stands. To tell a person: a name in it is taken for the table.
     */
    public Optional<String> definitionBehind(BinlogPosition position, TableId table) {
        return server.ask(
                () -> new TableStatements(server.connection(), table).definition(position));
    }
}
