package io.iotdbmigrate.mysql.binlog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that stand in the binlog, read page by page with {@code SHOW BINLOG EVENTS}, which
 * needs REPLICATION SLAVE. The server unpacks compressed transactions for it.
 */
final class BinlogEvents {
    private static final int EVENTS_A_QUERY = 10_000;
    private static final long FIRST_EVENT = 4;

    private final Connection connection;
    private final Duration patience;
    private final long begun = System.nanoTime();

    /**
     * @param patience how long they may be read, about, in all
     */
    BinlogEvents(Connection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** A binlog file that is not there any more. */
    static final class Purged extends SQLException {
        private static final long serialVersionUID = 1L;

        Purged(String file) {
            super("there is no binlog " + file + " any more");
        }
    }

    /** A visitor that is shown the events, in order. */
    interface Visitor {
        /** Tells whether to go on with the next event. */
        boolean visit(String file, Event event) throws SQLException;
    }

    /**
     * Shows events to a visitor, file by file, until it has enough.
     *
     * @param firstOffset offset of an event, from which the file can be read
     * @throws SQLTimeoutException if there are more than patience allows
     * @throws Purged if the first file was
     */
    void walk(String firstFile, long firstOffset, Visitor visitor) throws SQLException {
        for (String file : filesFrom(firstFile)) {
            long next = file.equals(firstFile) ? Math.max(FIRST_EVENT, firstOffset) : FIRST_EVENT;
            List<Event> events;
            do {
                requirePatience();
                events = events(file, next);
                boolean more = events.size() == EVENTS_A_QUERY;
                // The last one is read again: where it ends is not always told.
                for (Event event : more ? events.subList(0, EVENTS_A_QUERY - 1) : events) {
                    if (!visitor.visit(file, event)) {
                        return;
                    }
                }
                next = more ? events.get(EVENTS_A_QUERY - 1).position() : next;
            } while (events.size() == EVENTS_A_QUERY);
        }
    }

    private void requirePatience() throws SQLTimeoutException {
        if (System.nanoTime() - begun > patience.toNanos()) {
            throw new SQLTimeoutException("the binlog is too long to be counted");
        }
    }

    private List<String> filesFrom(String first) throws SQLException {
        List<String> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW BINARY LOGS")) {
            while (row.next()) {
                String file = row.getString(1);
                if (file.equals(first) || !files.isEmpty()) {
                    files.add(file);
                }
            }
        }
        if (files.isEmpty()) {
            throw new Purged(first);
        }
        return files;
    }

    /**
     * One event.
     *
     * @param position offset in its file
     * @param info what the server says of it, such as the text of a statement
     */
    record Event(long position, String type, String info) {}

    private List<Event> events(String file, long from) throws SQLException {
        List<Event> events = new ArrayList<>();
        String sql =
                "SHOW BINLOG EVENTS IN '" + file + "' FROM " + from + " LIMIT " + EVENTS_A_QUERY;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                long position = rows.getLong("Pos");
                events.add(
                        new Event(position, rows.getString("Event_type"), rows.getString("Info")));
            }
        }
        return events;
    }
}
