package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tail that counts the events that may change mapped tables and stand in the binlog behind a
 * position, with {@code SHOW BINLOG EVENTS}, which needs REPLICATION SLAVE: that is how lag is
 * known, for a clock proves nothing.
 */
final class BinlogTail {
    private static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);
    private static final Pattern TABLE_MAP =
            Pattern.compile("table_id: (\\d+) \\((.*?)\\)(?:\\s.*)?", Pattern.DOTALL);

    /** Takes the database of a statement and its text apart, as the server shows them. */
    static final Pattern STATEMENT =
            Pattern.compile("(?:use `((?:[^`]|``)*)`; )?(.*)", Pattern.DOTALL);

    private static final Pattern ROWS =
            Pattern.compile("table_id: (\\d+)(?:\\s.*)?", Pattern.DOTALL);

    private final Connection connection;
    private final BinlogEvents events;
    private final Collection<TableId> tables;
    private final CountedTables counted;
    private final Set<String> names;
    private final Map<String, Boolean> alike = new HashMap<>();
    private final Map<String, Boolean> mappedIds = new HashMap<>();
    private final Map<String, Boolean> cascadingIds = new HashMap<>();
    private @Nullable Set<String> cascading;
    private @Nullable ChangePosition begin;
    private @Nullable ForeignStatements foreign;

    /**
     * @param counted tables whose row events count
     */
    BinlogTail(Connection connection, CountedTables counted) {
        this(connection, counted, NO_LIMIT);
    }

    /**
     * @param patience how long it may read, about
     */
    BinlogTail(Connection connection, CountedTables counted, Duration patience) {
        this.connection = connection;
        this.events = new BinlogEvents(connection, patience);
        this.counted = counted;
        this.tables = counted.named();
        this.names =
                tables.stream()
                        .map(t -> fold(t.database() + "." + t.table()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Counts row events behind that of a change.
     *
     * @param atMost counting ends there
     * @throws SQLException also if the change's binlog file was purged
     */
    long behind(ChangePosition change, long atMost) throws SQLException {
        begin = change;
        return count(change.file(), change.offset() + 1, change.offset(), atMost, null, false);
    }

    /**
     * Tells whether there is an event of rows or statements behind that of a change and before a
     * position.
     */
    boolean anyBetween(ChangePosition change, BinlogPosition before) throws SQLException {
        begin = change;
        return count(change.file(), change.offset() + 1, change.offset(), 1, before, false) > 0;
    }

    /** Tells whether there is an event of rows behind that of a change and before a position. */
    boolean anyRowsBetween(ChangePosition change, BinlogPosition before) throws SQLException {
        begin = change;
        return count(change.file(), change.offset() + 1, change.offset(), 1, before, true) > 0;
    }

    /** Tells the same from a position on that the binlog had as its end. */
    boolean anyRowsBetween(BinlogPosition from, BinlogPosition before) throws SQLException {
        return count(from.file(), from.offset(), from.offset(), 1, before, true) > 0;
    }

    /**
     * Returns the offset of the event that tells the table of a change; empty if there is no
     * change.
     *
     * @param onlyCounted whether a change of a table that does not count is none
     */
    OptionalLong tableMap(ChangePosition change, boolean onlyCounted) throws SQLException {
        Map<String, Long> told = new HashMap<>();
        OptionalLong[] found = {OptionalLong.empty()};
        events.walk(
                change.file(),
                change.transaction(),
                (file, event) -> {
                    Matcher map = TABLE_MAP.matcher(event.info());
                    Matcher rows = ROWS.matcher(event.info());
                    if (event.type().equals("Table_map") && map.matches()) {
                        told.remove(map.group(1));
                    }
                    if (event.type().equals("Table_map")
                            && map.matches()
                            && (!onlyCounted || isCounted(map.group(2)))) {
                        told.put(map.group(1), event.position());
                    } else if (event.position() == change.offset()
                            && event.type().contains("_rows")
                            && rows.matches()) {
                        Long place = told.get(rows.group(1));
                        found[0] = place == null ? OptionalLong.empty() : OptionalLong.of(place);
                    }
                    return event.position() < change.offset();
                });
        return found[0];
    }

    /**
     * Counts row events from a position on that the binlog had as its end, and what else has
     * changed mapped tables.
     *
     * @throws IOException if the binlog is not handed out
     */
    long from(BinlogPosition position, ForeignStatements statements)
            throws SQLException, IOException {
        foreign = statements;
        long events =
                count(
                        position.file(),
                        position.offset(),
                        position.offset(),
                        Long.MAX_VALUE,
                        null,
                        false);
        return statements.changed(position) ? events + 1 : events;
    }

    /**
     * @param firstCounted offset of the first event that counts
     * @param firstRead offset of an event at or before it, from which the binlog can be read
     * @param onlyRows whether statements are left out
     */
    private long count(
            String firstFile,
            long firstCounted,
            long firstRead,
            long atMost,
            @Nullable BinlogPosition before,
            boolean onlyRows)
            throws SQLException {
        long[] count = {0};
        events.walk(
                firstFile,
                firstRead,
                (file, event) -> {
                    if (before != null
                            && (!file.equals(before.file())
                                    ? ChangePosition.compareFiles(file, before.file()) > 0
                                    : event.position() >= before.offset())) {
                        return false;
                    }
                    boolean counts = !file.equals(firstFile) || event.position() >= firstCounted;
                    if ((isMapped(event) || (!onlyRows && concerns(event))) && counts) {
                        count[0]++;
                    }
                    return count[0] < atMost;
                });
        return count[0];
    }

    /**
     * Tells whether an event changes rows of a mapped table. What is not known to be of another
     * table counts.
     */
    private boolean isMapped(BinlogEvents.Event event) throws SQLException {
        if (event.type().equals("Table_map")) {
            told(event);
            return false;
        }
        Matcher rows = ROWS.matcher(event.info());
        if (!event.type().contains("_rows") || !rows.matches()) {
            return false;
        }
        if (!mappedIds.containsKey(rows.group(1)) && begin != null) {
            readTablesBefore(begin);
        }
        boolean mapped = mappedIds.getOrDefault(rows.group(1), true);
        boolean cascades = cascadingIds.getOrDefault(rows.group(1), false);
        return mapped || (cascades && !event.type().startsWith("Write_rows"));
    }

    private void told(BinlogEvents.Event tableMap) throws SQLException {
        Matcher map = TABLE_MAP.matcher(tableMap.info());
        if (map.matches()) {
            String name = fold(map.group(2));
            boolean mapped = isCounted(map.group(2));
            mappedIds.put(map.group(1), mapped);
            // The question for the keys is dear: some milliseconds of MySQL's CPU.
            cascadingIds.put(map.group(1), !mapped && cascading().contains(name));
        }
    }

    private boolean isCounted(String table) {
        return names.contains(fold(table)) || alike.computeIfAbsent(table, this::isAlike);
    }

    private boolean isAlike(String table) {
        return counted.alike().test(TableId.parse(table));
    }

    /**
     * Reads which tables the statement of a change names before it: a statement with several
     * tables, as by a trigger, tells all of them first, and has their rows in any order.
     */
    private void readTablesBefore(ChangePosition change) throws SQLException {
        begin = null;
        events.walk(
                change.file(),
                change.transaction(),
                (file, event) -> {
                    if (event.type().equals("Table_map")) {
                        told(event);
                    }
                    return event.position() < change.offset();
                });
    }

    /** Returns the tables whose foreign keys may change rows of mapped ones. */
    private Set<String> cascading() throws SQLException {
        if (cascading == null) {
            cascading =
                    CascadingKeys.reaching(connection, tables).stream()
                            .map(key -> fold(key.parent().database() + "." + key.parent().table()))
                            .collect(Collectors.toUnmodifiableSet());
        }
        return cascading;
    }

    /**
     * Tells whether an event is none of rows and may change a mapped table nevertheless. The reader
     * of the binlog passes it with a mark, or stops at it.
     */
    private boolean concerns(BinlogEvents.Event event) {
        if (event.type().equals("Incident")) {
            return true;
        }
        Matcher text = STATEMENT.matcher(event.info());
        boolean loads = event.type().equals("Execute_load_query");
        if (!(loads || event.type().startsWith("Query")) || !text.matches()) {
            return loads;
        }
        BinlogStatement statement = BinlogStatement.parse(unquoted(text.group(1)), text.group(2));
        boolean named =
                foreign == null ? loads || statement.concerns(tables) : foreign.concerns(statement);
        return named || statement.defines(counted.alike());
    }

    static String unquoted(@Nullable String name) {
        return name == null ? "" : name.replace("``", "`");
    }

    /**
     * Folds the case. Two tables whose names differ by case only are taken for one: better too much
     * than too little.
     */
    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
