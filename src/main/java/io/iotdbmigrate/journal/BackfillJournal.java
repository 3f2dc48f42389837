package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.mysql.BinlogPositions;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a backfill writes into the {@link Journal} and reads back from it. */
public final class BackfillJournal {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillJournal.class);
    private static final String STARTED = "backfill_started";
    private static final String FINISHED = "backfill_finished";
    private static final String ERASED = "backfill_erased";
    private static final List<String> EVENTS = List.of(STARTED, FINISHED, ERASED);

    private BackfillJournal() {}

    /**
     * Counts of one table.
     *
     * @param collapsed rows beyond the first of each (device, time)
     */
    public record TableResult(
            String table,
            long rows,
            long points,
            long empty,
            long collapsed,
            long rejected,
            long zeroDates) {}

    /**
     * A finished backfill.
     *
     * @param position from before the first read; null where MySQL writes no binlog
     * @param createTable how the tables were defined then, by {@code database.table}
     * @param shapes how they were mapped, see {@link CdcSpecs#shapes}; empty if that was not noted
     */
    public record Finished(
            String runId,
            Instant startedAt,
            Instant finishedAt,
            List<TableResult> tables,
            @Nullable BinlogPosition position,
            Map<String, String> createTable,
            Map<String, String> shapes) {
        public Finished {
            createTable = Map.copyOf(createTable);
            shapes = Map.copyOf(shapes);
        }

        public Duration duration() {
            return Duration.between(startedAt, finishedAt);
        }
    }

    /**
     * Notes the binlog position, before anything is read. A backfill that takes up an interrupted
     * one keeps the position of that: rows deleted since are in its binlog only.
     */
    public static void begin(BackfillSpec spec) {
        try (Journal journal = open(spec)) {
            List<Journal.Entry> entries = journal.entries();
            if (started(entries, spec.runId()).isPresent()) {
                return;
            }
            ObjectNode fields = journal.newFields();
            fields.put("run", spec.runId());
            ArrayNode tables = fields.putArray("tables");
            spec.tables().forEach(t -> tables.add(t.name()));
            JsonNode position = unfinishedPosition(entries, spec);
            if (position == null) {
                putPosition(fields, spec);
            } else {
                fields.set("position", position);
            }
            journal.append(STARTED, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the tables' definitions: rows behind the position are read by them. */
    private static void putPosition(ObjectNode fields, BackfillSpec spec) {
        try (Connection connection = MySqlConnections.open(spec.mysql())) {
            Optional<BinlogPosition> position = BinlogPositions.current(connection);
            if (position.isPresent()) {
                ObjectNode node =
                        fields.putObject("position")
                                .put("file", position.get().file())
                                .put("offset", position.get().offset())
                                .put("gtid_set", position.get().gtidSet());
                ObjectNode definitions = node.putObject("create_table");
                BinlogPositions.createTables(
                                connection,
                                spec.tables().stream().map(t -> t.mapping().table()).toList())
                        .forEach(definitions::put);
                ObjectNode shapes = node.putObject("shapes");
                CdcSpecs.shapes(spec.tables().stream().map(Table::mapping).toList())
                        .forEach(shapes::put);
            }
        } catch (SQLException e) {
            LOG.warn("no binlog position could be noted, cdc cannot start from this backfill", e);
        }
    }

    private static @Nullable JsonNode unfinishedPosition(
            List<Journal.Entry> entries, BackfillSpec spec) {
        List<String> tables = spec.tables().stream().map(Table::name).toList();
        JsonNode position = null;
        for (Journal.Entry entry : entries) {
            if (!isOf(entry, tables)) {
                continue;
            }
            position =
                    entry.event().equals(STARTED) && entry.fields().has("position")
                            ? entry.fields().get("position")
                            : null;
        }
        return position;
    }

    /** Other commands write entries about the same tables, too. */
    private static boolean isOf(Journal.Entry entry, List<String> tables) {
        return EVENTS.contains(entry.event()) && names(entry.fields()).equals(tables);
    }

    /** Whether an entry says that a backfill writes, or has erased, rows. */
    public static boolean isWriting(Journal.Entry entry) {
        return entry.event().equals(STARTED) || entry.event().equals(ERASED);
    }

    private static List<String> names(JsonNode fields) {
        List<String> names = new ArrayList<>();
        for (JsonNode table : fields.path("tables")) {
            names.add(table.isObject() ? table.path("table").asText() : table.asText());
        }
        return names;
    }

    /** Notes that the target was erased: an earlier position is void. */
    public static void erased(Journal journal, List<String> tableNames) throws IOException {
        ObjectNode fields = journal.newFields();
        ArrayNode tables = fields.putArray("tables");
        tableNames.forEach(tables::add);
        journal.append(ERASED, fields);
    }

    /** Notes that everything is in IoTDB. Does nothing if this run has said so before. */
    public static void finish(BackfillSpec spec, List<TableResult> results) throws IOException {
        try (Journal journal = open(spec)) {
            List<Journal.Entry> entries = journal.entries();
            if (finished(entries, spec.runId()).isPresent()) {
                return;
            }
            ObjectNode fields = journal.newFields();
            fields.put("run", spec.runId());
            Journal.Entry started =
                    started(entries, spec.runId())
                            .orElseThrow(
                                    () -> new IOException("the journal lost run " + spec.runId()));
            fields.put("started_at", started.at().toString());
            if (started.fields().has("position")) {
                fields.set("position", started.fields().get("position"));
            }
            ArrayNode tables = fields.putArray("tables");
            for (TableResult r : results) {
                tables.addObject()
                        .put("table", r.table())
                        .put("rows", r.rows())
                        .put("points", r.points())
                        .put("empty", r.empty())
                        .put("collapsed", r.collapsed())
                        .put("rejected", r.rejected())
                        .put("zero_dates", r.zeroDates());
            }
            journal.append(FINISHED, fields);
        }
    }

    /** The finished entry of a run. */
    public static Optional<Finished> finished(List<Journal.Entry> entries, String runId) {
        return entries.stream()
                .filter(e -> e.event().equals(FINISHED))
                .filter(e -> e.fields().path("run").asText().equals(runId))
                .findFirst()
                .map(BackfillJournal::toFinished);
    }

    /** The newest finished backfill of just these tables, unless they were erased since. */
    public static Optional<Finished> lastFinished(
            List<Journal.Entry> entries, List<String> tables) {
        Journal.Entry last = null;
        for (Journal.Entry entry : entries) {
            if (isOf(entry, tables)) {
                last = entry;
            }
        }
        return Optional.ofNullable(last)
                .filter(e -> e.event().equals(FINISHED))
                .map(BackfillJournal::toFinished);
    }

    private static Optional<Journal.Entry> started(List<Journal.Entry> entries, String runId) {
        return entries.stream()
                .filter(e -> e.event().equals(STARTED))
                .filter(e -> e.fields().path("run").asText().equals(runId))
                .findFirst();
    }

    private static Finished toFinished(Journal.Entry entry) {
        JsonNode fields = entry.fields();
        List<TableResult> tables = new ArrayList<>();
        for (JsonNode t : fields.path("tables")) {
            tables.add(
                    new TableResult(
                            t.path("table").asText(),
                            t.path("rows").asLong(),
                            t.path("points").asLong(),
                            t.path("empty").asLong(),
                            t.path("collapsed").asLong(),
                            t.path("rejected").asLong(),
                            t.path("zero_dates").asLong()));
        }
        JsonNode p = fields.path("position");
        return new Finished(
                fields.path("run").asText(),
                Instant.parse(fields.path("started_at").asText()),
                entry.at(),
                tables,
                p.isObject()
                        ? new BinlogPosition(
                                p.path("file").asText(),
                                p.path("offset").asLong(),
                                p.path("gtid_set").asText())
                        : null,
                byTable(p.path("create_table")),
                byTable(p.path("shapes")));
    }

    private static Map<String, String> byTable(JsonNode texts) {
        Map<String, String> byName = new HashMap<>();
        texts.properties().forEach(entry -> byName.put(entry.getKey(), entry.getValue().asText()));
        return byName;
    }

    private static Journal open(BackfillSpec spec) {
        return new Journal(
                new Retries(spec.iotdb(), spec.sink().retries(), LOG::warn), spec.name());
    }
}
