package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.QueryStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A watch for statements that were logged without their rows in a database that has no mapped
 * table: a foreign key, a view, a trigger or a routine may have changed a mapped table with them.
 * Not thread-safe.
 */
final class ElsewhereWatch {
    private static final String WITHOUT_ROWS = "was logged without the rows that it changed";
    private static final String HAVE_ROWS =
            "Have all sessions write rows, binlog_format = ROW, those too that were open before SET"
                    + " GLOBAL. ";

    private static final String GRANT =
            "If nothing there changes mapped tables, GRANT "
                    + String.join(", ", WaysIn.GRANTS)
                    + " ON *.* to the user and start cdc again: it sees that, and goes on where it"
                    + " was. ";

    private final List<TableId> tables;
    private final boolean logsDatabases;
    private final KnownTables known;

    /** A way that a statement has made. */
    private Optional<WaysIn.Way> made = Optional.empty();

    /** Whether the server was asked and has no way. */
    private boolean none;

    /**
     * @param logsDatabases whether the binlog tells which databases a statement changed
     */
    ElsewhereWatch(Collection<TableId> tables, boolean logsDatabases, KnownTables known) {
        this.tables = List.copyOf(tables);
        this.logsDatabases = logsDatabases;
        this.known = known;
    }

    /**
     * Looks at a statement that is logged in a database without mapped tables and names none.
     *
     * @throws UserException exit code 6, if it may have changed a mapped table
     */
    void look(BinlogStatement statement, QueryStatus status, String sql, String place) {
        if (statement.makesWayInto(tables)) {
            made = Optional.of(WaysIn.Way.by("what \"" + statement.text() + "\" made"));
        }
        if (!statement.changesRows() || statement.isOfServer()) {
            return;
        }
        for (CascadingKeys.Key key : known.cascades()) {
            if (statement.isIn(key.parent()) || status.changed(key.parent().database())) {
                throw Stops.statement(
                        sql,
                        place,
                        WITHOUT_ROWS
                                + " in the database of "
                                + key.parent()
                                + ", which changes "
                                + key.child()
                                + " by the foreign key "
                                + key.name(),
                        HAVE_ROWS);
            }
        }
        if (logsDatabases || (none && made.isEmpty())) {
            return;
        }
        Optional<WaysIn.Way> way = made.or(known::wayIn);
        if (way.isPresent()) {
            throw Stops.statement(
                    sql,
                    place,
                    WITHOUT_ROWS + ", and " + way.get().sentence(),
                    way.get().hidden() ? GRANT + HAVE_ROWS : HAVE_ROWS);
        }
        none = true;
    }
}
