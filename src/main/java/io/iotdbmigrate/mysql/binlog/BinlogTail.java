package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final Pattern DEFINITION =
            Pattern.compile(
                    "(use `[^`]*`; )?((alter|create|drop|rename|truncate)\\b.*)",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern STATEMENT =
            Pattern.compile("(?:use `((?:[^`]|``)*)`; )?(.*)", Pattern.DOTALL);
    private static final Pattern ROWS =
            Pattern.compile("table_id: (\\d+)(?:\\s.*)?", Pattern.DOTALL);

    private final Connection connection;
    private final BinlogEvents events;
    private final Collection<TableId> tables;
    private final Set<String> names;
    private final Map<String, Boolean> mappedIds = new HashMap<>();
    private final Map<String, Boolean> cascadingIds = new HashMap<>();
    private @Nullable Set<String> cascading;
    private @Nullable ChangePosition begin;

    /**
     * @param tables whose row events count
     */
    BinlogTail(Connection connection, Collection<TableId> tables) {
        this(connection, tables, NO_LIMIT);
    }

    /**
     * @param patience how long it may read, about
     */
    BinlogTail(Connection connection, Collection<TableId> tables, Duration patience) {
        this.connection = connection;
        this.events = new BinlogEvents(connection, patience);
        this.tables = List.copyOf(tables);
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
        return count(change.file(), change.offset() + 1, change.offset(), atMost, null);
    }

    /** Tells whether there is a row event behind that of a change and before a position. */
    boolean anyBetween(ChangePosition change, BinlogPosition before) throws SQLException {
        begin = change;
        return count(change.file(), change.offset() + 1, change.offset(), 1, before) > 0;
    }

    /**
     * Returns the offset of the event that tells the table of a change; empty if there is no
     * change.
     */
    OptionalLong tableMap(ChangePosition change) throws SQLException {
        Map<String, Long> told = new HashMap<>();
        OptionalLong[] found = {OptionalLong.empty()};
        events.walk(
                change.file(),
                change.transaction(),
                (file, event) -> {
                    Matcher map = TABLE_MAP.matcher(event.info());
                    Matcher rows = ROWS.matcher(event.info());
                    if (event.type().equals("Table_map") && map.matches()) {
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

    /** Counts row events from a position on that the binlog had as its end. */
    long from(BinlogPosition position) throws SQLException {
        return count(position.file(), position.offset(), position.offset(), Long.MAX_VALUE, null);
    }

    /**
     * Returns the last statement behind a position that defines one of the tables, and its place.
     */
    Optional<String> definition(BinlogPosition position) throws SQLException {
        List<String> found = new ArrayList<>();
        events.walk(
                position.file(),
                position.offset(),
                (file, event) -> {
                    Matcher definition = DEFINITION.matcher(event.info());
                    if (event.type().startsWith("Query")
                            && definition.matches()
                            && isNamed(definition.group(2))) {
                        found.add(
                                "\"%s\" at %s:%d"
                                        .formatted(definition.group(2), file, event.position()));
                    }
                    return true;
                });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** What the binlog tells of how a table came to be. */
    enum Creation {
        /** Nothing. */
        NONE,
        /** It was created if there was none: there may have been one. */
        IF_MISSING,
        /** It was created, or given its name. */
        SURE
    }

    /** Returns what the statements behind a place tell of how the only table came to be. */
    Creation creation(String firstFile, long firstOffset) throws SQLException {
        Creation[] found = {Creation.NONE};
        boolean[] altered = {false};
        statements(
                firstFile,
                firstOffset,
                (place, statement) -> {
                    if (statement.naming().given().noneMatch(this::isOne)) {
                        altered[0] |= mayAlter(statement);
                    } else if (statement.naming().createsIfMissing()) {
                        found[0] = Creation.IF_MISSING;
                    } else {
                        found[0] = Creation.SURE;
                    }
                    return found[0] != Creation.SURE;
                });
        // The age of a table is that of its last alteration.
        return found[0] == Creation.IF_MISSING && altered[0] ? Creation.NONE : found[0];
    }

    /**
     * Returns the first statement behind a place that drops the only table or takes its name, with
     * the place where it stands.
     */
    Optional<String> taken(String firstFile, long firstOffset) throws SQLException {
        List<String> found = new ArrayList<>();
        statements(
                firstFile,
                firstOffset,
                (place, statement) -> {
                    TableNaming naming = statement.naming();
                    boolean drops = naming.drops() && !naming.emptied(tables).isEmpty();
                    if (drops || naming.renamed(tables).isPresent()) {
                        found.add("\"%s\" at %s".formatted(statement.text(), place));
                    }
                    return found.isEmpty();
                });
        return found.stream().findFirst();
    }

    /** Tells whether it may define the only table anew; the age of a table stays if rows change. */
    private boolean mayAlter(BinlogStatement statement) {
        return !statement.changesRows()
                && statement.xa("COMMIT").isEmpty()
                && statement.concerns(tables);
    }

    private boolean isOne(TableId table) {
        return names.contains(fold(table.toString()));
    }

    /** A taker of statements. */
    private interface Statements {
        /** Tells whether to go on with the next one. */
        boolean next(String place, BinlogStatement statement);
    }

    private void statements(String firstFile, long firstOffset, Statements statements)
            throws SQLException {
        events.walk(
                firstFile,
                firstOffset,
                (file, event) -> {
                    Matcher statement = STATEMENT.matcher(event.info());
                    return !event.type().startsWith("Query")
                            || !statement.matches()
                            || statements.next(
                                    file + ":" + event.position(),
                                    BinlogStatement.parse(
                                            unquoted(statement.group(1)), statement.group(2)));
                });
    }

    private boolean isNamed(String statement) {
        List<String> words = List.of(fold(statement).split("[^\\p{L}\\p{N}_$]+"));
        return names.stream().anyMatch(n -> words.contains(n.substring(n.indexOf('.') + 1)));
    }

    /**
     * @param firstCounted offset of the first event that counts
     * @param firstRead offset of an event at or before it, from which the binlog can be read
     */
    private long count(
            String firstFile,
            long firstCounted,
            long firstRead,
            long atMost,
            @Nullable BinlogPosition before)
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
                    if ((isMapped(event) || concerns(event)) && counts) {
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
            boolean mapped = names.contains(name);
            mappedIds.put(map.group(1), mapped);
            // The question for the keys is dear: some milliseconds of MySQL's CPU.
            cascadingIds.put(map.group(1), !mapped && cascading().contains(name));
        }
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
        return switch (event.type()) {
            case "Execute_load_query", "Incident" -> true;
            case "Query", "Query_compressed" -> {
                Matcher statement = STATEMENT.matcher(event.info());
                yield statement.matches()
                        && BinlogStatement.parse(unquoted(statement.group(1)), statement.group(2))
                                .concerns(tables);
            }
            default -> false;
        };
    }

    private static String unquoted(@Nullable String name) {
        return name == null ? "" : name.replace("``", "`");
    }

    /**
     * Folds the case. Two tables whose names differ by case only are taken for one: better too much
     * than too little.
     */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
