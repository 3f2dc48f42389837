package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a backfill writes into the {@link Journal} and reads back from it. */
public final class BackfillJournal {
    private static final String STARTED = "backfill_started";
    private static final String FINISHED = "backfill_finished";
    private static final String ERASED = "backfill_erased";
    private static final List<String> EVENTS = List.of(STARTED, FINISHED, ERASED);

    private BackfillJournal() {}

    /**
     * Counts of one table.
     *
     * @param collapsed rows beyond the first of each (device, time)
     * @param skipped values that on_invalid has left out; an older entry has none
     */
    public record TableResult(
            String table,
            long rows,
            long points,
            long empty,
            long collapsed,
            long rejected,
            long zeroDates,
            long skipped) {}

    /**
     * A finished backfill.
     *
     * @param position from before the first read; null where MySQL writes no binlog
     * @param createTable how the tables were defined then, by {@code database.table}
     * @param shapes how they were mapped, see {@link MappingFingerprints}; empty if that was not
     *     noted
     * @param names where the names of look-ups are, see {@link NameJournal}; null if there are none
     * @param fileBegun when the position's file was begun, by the server's clock; null if that was
     *     not noted
     * @param read GTIDs of transactions whose rows it may have read; null if that was not noted
     */
    public record Finished(
            String runId,
            Instant startedAt,
            Instant finishedAt,
            List<TableResult> tables,
            @Nullable BinlogPosition position,
            Map<String, String> createTable,
            Map<String, String> shapes,
            @Nullable String names,
            @Nullable Instant fileBegun,
            @Nullable String read) {
        public Finished {
            createTable = Map.copyOf(createTable);
            shapes = Map.copyOf(shapes);
        }

        public Duration duration() {
            return Duration.between(startedAt, finishedAt);
        }
    }

    /**
     * Where the binlog stood before the first read.
     *
     * @param createTable how the tables were defined then, by {@code database.table}: rows behind
     *     the position are read by them
     * @param shapes how they are mapped, see {@link MappingFingerprints}
     * @param names where the names of look-ups are, see {@link NameJournal}; null if there are none
     * @param fileBegun when the position's file was begun, by the server's clock; null if that was
     *     not noted
     */
    public record Begin(
            BinlogPosition position,
            Map<String, String> createTable,
            Map<String, String> shapes,
            @Nullable String names,
            @Nullable Instant fileBegun) {
        public Begin {
            createTable = Map.copyOf(createTable);
            shapes = Map.copyOf(shapes);
        }

        private NotedPosition noted() {
            return NotedPosition.of(position, createTable, shapes, names, fileBegun);
        }
    }

    /** An entry that a run begins. */
    private record Started(String run, List<String> tables, @Nullable NotedPosition position) {}

    /** An entry that the rows of tables were erased. */
    private record Erased(List<String> tables) {}

    /** An entry that a run has finished. */
    private record Ended(
            String run,
            Instant startedAt,
            @Nullable NotedPosition position,
            List<TableResult> tables,
            @Nullable String read) {}

    /**
     * Notes that a run begins, and the binlog position from before anything is read. One that takes
     * up an interrupted backfill keeps the position of that: rows deleted since are in its binlog
     * only.
     *
     * @param begin asked for if there is no earlier position; empty if there is none
     */
    public static void begin(
            Journal journal, String runId, List<String> tableNames, Supplier<Optional<Begin>> begin)
            throws IOException {
        List<Journal.Entry> entries = journal.entries();
        if (started(entries, runId).isPresent()) {
            return;
        }
        NotedPosition earlier = unfinishedPosition(entries, tableNames);
        NotedPosition position =
                earlier == null ? begin.get().map(Begin::noted).orElse(null) : earlier;
        journal.append(STARTED, new Started(runId, tableNames, position));
    }

    private static @Nullable NotedPosition unfinishedPosition(
            List<Journal.Entry> entries, List<String> tables) {
        NotedPosition position = null;
        for (Journal.Entry entry : entries) {
            if (isOf(entry, tables)) {
                position = entry.event().equals(STARTED) ? started(entry).position() : null;
            }
        }
        return position;
    }

    /**
     * Tells whether an entry is of a backfill. Other commands write entries about the same tables,
     * too.
     */
    private static boolean isOf(Journal.Entry entry, List<String> tables) {
        return EVENTS.contains(entry.event()) && names(entry.fields()).equals(tables);
    }

    /** Tells whether an entry says that a backfill writes, or has erased, rows. */
    public static boolean isWriting(Journal.Entry entry) {
        return entry.event().equals(STARTED) || isErasing(entry);
    }

    /** Tells whether an entry says that a backfill has erased rows. */
    public static boolean isErasing(Journal.Entry entry) {
        return entry.event().equals(ERASED);
    }

    /** Returns the names of the tables that an entry is about. */
    public static List<String> names(JsonNode fields) {
        List<String> names = new ArrayList<>();
        for (JsonNode table : fields.path("tables")) {
            names.add(table.isObject() ? table.path("table").asText() : table.asText());
        }
        return names;
    }

    /** Notes that the target was erased: an earlier position is void. */
    public static void erased(Journal journal, List<String> tableNames) throws IOException {
        journal.append(ERASED, new Erased(tableNames));
    }

    /**
     * Notes that everything is in IoTDB. Does nothing if this run has said so before.
     *
     * @param read GTIDs of transactions whose rows it may have read
     */
    public static void finish(Journal journal, String runId, List<TableResult> results, String read)
            throws IOException {
        List<Journal.Entry> entries = journal.entries();
        if (finished(entries, runId).isPresent()) {
            return;
        }
        Journal.Entry started =
                started(entries, runId)
                        .orElseThrow(() -> new IOException("the journal lost run " + runId));
        journal.append(
                FINISHED,
                new Ended(runId, started.at(), started(started).position(), results, read));
    }

    /** Returns the finished entry of a run. */
    public static Optional<Finished> finished(List<Journal.Entry> entries, String runId) {
        return entries.stream()
                .flatMap(entry -> finished(entry).stream())
                .filter(finished -> finished.runId().equals(runId))
                .findFirst();
    }

    /** Returns the finished backfill that an entry is about. */
    public static Optional<Finished> finished(Journal.Entry entry) {
        return Optional.of(entry)
                .filter(e -> e.event().equals(FINISHED))
                .map(BackfillJournal::toFinished);
    }

    /**
     * Returns the newest finished backfill of just these tables, unless they were erased since.
     *
     * @param comesAndGoes whether a table is of a pattern: it may have been created or dropped
     *     since
     */
    public static Optional<Finished> lastFinished(
            List<Journal.Entry> entries, List<String> tables, Predicate<String> comesAndGoes) {
        List<String> lasting = tables.stream().filter(comesAndGoes.negate()).toList();
        Journal.Entry last = null;
        for (Journal.Entry entry : entries) {
            if (EVENTS.contains(entry.event())
                    && names(entry.fields()).stream()
                            .filter(comesAndGoes.negate())
                            .toList()
                            .equals(lasting)) {
                last = entry;
            }
        }
        return Optional.ofNullable(last)
                .filter(e -> e.event().equals(FINISHED))
                .map(BackfillJournal::toFinished);
    }

    /** Returns the binlog position from which a run reads; empty if it noted none. */
    public static Optional<BinlogPosition> position(List<Journal.Entry> entries, String runId) {
        return started(entries, runId)
                .map(entry -> started(entry).position())
                .map(NotedPosition::position);
    }

    private static Started started(Journal.Entry entry) {
        return StoredJson.fromNode(entry.fields(), Started.class);
    }

    private static Optional<Journal.Entry> started(List<Journal.Entry> entries, String runId) {
        return entries.stream()
                .filter(e -> e.event().equals(STARTED))
                .filter(e -> e.fields().path("run").asText().equals(runId))
                .findFirst();
    }

    private static Finished toFinished(Journal.Entry entry) {
        Ended ended = StoredJson.fromNode(entry.fields(), Ended.class);
        NotedPosition position = ended.position();
        return new Finished(
                ended.run(),
                ended.startedAt(),
                entry.at(),
                ended.tables(),
                position == null ? null : position.position(),
                position == null ? Map.of() : position.createTable(),
                position == null ? Map.of() : position.shapes(),
                position == null ? null : position.names(),
                position == null ? null : position.fileBegun(),
                ended.read());
    }
}
