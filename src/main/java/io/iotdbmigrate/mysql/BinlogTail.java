package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in the binlog behind a position, with {@code SHOW BINLOG EVENTS}: that is how
 * lag is known, for a clock proves nothing. Event types as in MySQL's "Replication event types".
 */
final class BinlogTail {
    private static final int EVENTS_A_QUERY = 10_000;
    private static final long FIRST_EVENT = 4;
    private static final Pattern TABLE_MAP =
            Pattern.compile("table_id: (\\d+) \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern ROWS = Pattern.compile("table_id: (\\d+).*", Pattern.DOTALL);

    private final Connection connection;
    private final Set<TableId> tables;
    private final List<String> files;
    private final Map<String, Boolean> mappedIds = new HashMap<>();

    /**
     * @param tables whose row events count
     * @param files all binlog files there are
     */
    BinlogTail(Connection connection, Set<TableId> tables, Collection<String> files) {
        this.connection = connection;
        this.tables = tables;
        this.files = files.stream().sorted(ChangePosition::compareFiles).toList();
    }

    /** Row events of mapped tables behind the one at this position, up to a limit. */
    long count(ChangePosition after, long atMost) throws SQLException {
        return count(after, atMost, null);
    }

    boolean anyBetween(ChangePosition after, BinlogPosition before) throws SQLException {
        return count(after, 1, before) > 0;
    }

    private long count(ChangePosition after, long atMost, @Nullable BinlogPosition before)
            throws SQLException {
        long count = 0;
        for (String file : files) {
            if (ChangePosition.compareFiles(file, after.file()) < 0
                    || (before != null && ChangePosition.compareFiles(file, before.file()) > 0)) {
                continue;
            }
            boolean first = file.equals(after.file());
            long from = first ? Math.max(FIRST_EVENT, after.offset()) : FIRST_EVENT;
            List<Event> events;
            do {
                events = events(file, from);
                for (Event event : events) {
                    boolean behind = !first || event.position() > after.offset();
                    boolean inside =
                            before == null
                                    || !file.equals(before.file())
                                    || event.position() < before.offset();
                    if (isMapped(event) && behind && inside && ++count >= atMost) {
                        return count;
                    }
                    from = event.end();
                }
            } while (events.size() == EVENTS_A_QUERY);
        }
        return count;
    }

    private record Event(long position, String type, long end, String info) {}

    private List<Event> events(String file, long from) throws SQLException {
        List<Event> events = new ArrayList<>();
        String sql =
                "SHOW BINLOG EVENTS IN '" + file + "' FROM " + from + " LIMIT " + EVENTS_A_QUERY;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                events.add(
                        new Event(
                                rows.getLong(2),
                                rows.getString(3),
                                rows.getLong(5),
                                rows.getString(6)));
            }
        }
        return events;
    }

    /**
     * Whether an event changes rows of a mapped table. A row event whose table was told before the
     * position belongs to the same statement as the change there, which was of a mapped table.
     */
    private boolean isMapped(Event event) {
        if (event.type().equals("Table_map")) {
            Matcher map = TABLE_MAP.matcher(event.info());
            if (map.matches()) {
                mappedIds.put(map.group(1), isMapped(map.group(2)));
            }
            return false;
        }
        boolean rows =
                event.type().startsWith("Write_rows")
                        || event.type().startsWith("Update_rows")
                        || event.type().startsWith("Delete_rows");
        if (!rows) {
            return event.type().equals("Transaction_payload");
        }
        Matcher id = ROWS.matcher(event.info());
        return !id.matches() || mappedIds.getOrDefault(id.group(1), true);
    }

    private boolean isMapped(String databaseAndTable) {
        return tables.stream()
                .anyMatch(t -> (t.database() + "." + t.table()).equals(databaseAndTable));
    }
}
