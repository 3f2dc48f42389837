package io.iotdbmigrate.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.SinkConfig;
import io.iotdbmigrate.iotdb.JournalDatabase;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.TreeDatabases;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.read.common.RowRecord;
import org.apache.tsfile.utils.Binary;

/**
 * What happened to a migration, kept in the target: device {@code root.iotdb_migrate.<name>}, one
 * TEXT measurement {@code entry} of JSON; and what is now the case, one measurement per key of
 * device {@code root.iotdb_migrate.<name>.state}; and notes that are kept for a while, in a device
 * {@code root.iotdb_migrate.<name>.<series>}. Migrations of the table model have theirs in the
 * tree, too: there is one place to look. A handoff therefore works from any machine. Not
 * thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final String MEASUREMENT = "entry";
    private static final long STATE_TIME = 1;

    private final Retries retries;
    private final String device;
    private final JsonMapper json = new JsonMapper();
    private boolean created;

    public Journal(Retries retries, String migrationName) {
        this.retries = retries;
        this.device = JournalDatabase.PATH + "." + PathNode.quote(migrationName);
    }

    /** Opens the journal of a migration; connects when it is first used. */
    public static Journal of(MigrationConfig config) {
        return of(config.iotdb(), config.sink(), config.name());
    }

    /** Opens the journal of a migration by its name, for a job; connects when it is first used. */
    public static Journal of(IotdbConfig iotdb, SinkConfig sink, String migrationName) {
        return new Journal(Retries.of(iotdb.tree(), sink), migrationName);
    }

    /**
     * One entry.
     *
     * @param event what happened, e.g. {@code backfill_started}
     * @param at when it was written
     */
    public record Entry(String event, Instant at, JsonNode fields) {}

    /**
     * Adds an entry behind all others; afterwards it is durable.
     *
     * @param fields a record, see {@link StoredJson}
     */
    public void append(String event, Record fields) throws IOException {
        ObjectNode entry = json.createObjectNode();
        Instant now = Instant.now();
        entry.put("event", event).put("at", now.toString()).setAll(StoredJson.toNode(fields));
        String text = json.writeValueAsString(entry);
        try {
            create();
            long time = time(now);
            long last = lastTime();
            long free = Math.max(time, last + 1);
            retries.run(
                    s ->
                            s.insertRecord(
                                    device,
                                    free,
                                    List.of(MEASUREMENT),
                                    List.of(TSDataType.TEXT),
                                    List.of(new Binary(text, StandardCharsets.UTF_8))));
            retries.run(s -> s.executeNonQueryStatement("FLUSH " + JournalDatabase.PATH));
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    /** Returns all entries, oldest first; none where there is no journal. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (RowRecord row :
                rows("SELECT " + MEASUREMENT + " FROM " + device + " ORDER BY TIME ASC")) {
            String text = text(row);
            try {
                JsonNode node = json.readTree(text);
                entries.add(
                        new Entry(
                                node.path("event").asText(),
                                Instant.parse(node.path("at").asText()),
                                node));
            } catch (JsonProcessingException e) {
                throw new IOException("unreadable entry in " + device + ": " + text, e);
            }
        }
        return entries;
    }

    /**
     * Replaces what is known under a key. Not durable before the next entry.
     *
     * @param key a plain word
     * @param fields a record, see {@link StoredJson}
     */
    public void putState(String key, Record fields) throws IOException {
        ObjectNode state = json.createObjectNode();
        state.put("at", Instant.now().toString()).setAll(StoredJson.toNode(fields));
        String text = json.writeValueAsString(state);
        try {
            create();
            retries.run(
                    s ->
                            s.insertRecord(
                                    device + ".state",
                                    STATE_TIME,
                                    List.of(key),
                                    List.of(TSDataType.TEXT),
                                    List.of(new Binary(text, StandardCharsets.UTF_8))));
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    /** Returns what was last put under a key; its field {@code at} says when. */
    public Optional<JsonNode> state(String key) throws IOException {
        for (RowRecord row : rows("SELECT " + key + " FROM " + device + ".state")) {
            return Optional.of(json.readTree(text(row)));
        }
        return Optional.empty();
    }

    /**
     * Adds a note to a series beside the entries. Not durable before the next entry.
     *
     * @param series a plain word
     * @param fields a record, see {@link StoredJson}
     */
    public void note(String series, Instant at, Record fields) throws IOException {
        String text = json.writeValueAsString(StoredJson.toNode(fields));
        try {
            create();
            long time = time(at);
            retries.run(
                    s ->
                            s.insertRecord(
                                    device + "." + series,
                                    time,
                                    List.of(MEASUREMENT),
                                    List.of(TSDataType.TEXT),
                                    List.of(new Binary(text, StandardCharsets.UTF_8))));
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    /** Returns the notes of a series from a time on, oldest first. */
    public List<JsonNode> notes(String series, Instant from) throws IOException {
        List<JsonNode> notes = new ArrayList<>();
        try {
            for (RowRecord row :
                    rows(
                            "SELECT %s FROM %s.%s WHERE time >= %d ORDER BY TIME ASC"
                                    .formatted(MEASUREMENT, device, series, time(from)))) {
                notes.add(json.readTree(text(row)));
            }
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
        return notes;
    }

    /** Returns the newest note of a series; empty if there is none. */
    public Optional<JsonNode> newestNote(String series) throws IOException {
        for (RowRecord row :
                rows(
                        "SELECT %s FROM %s.%s ORDER BY TIME DESC LIMIT 1"
                                .formatted(MEASUREMENT, device, series))) {
            return Optional.of(json.readTree(text(row)));
        }
        return Optional.empty();
    }

    /** Deletes the notes of a series that are older than a time. */
    public void forget(String series, Instant before) throws IOException {
        try {
            String old =
                    "DELETE FROM %s.%s.%s WHERE time < %d"
                            .formatted(device, series, MEASUREMENT, time(before));
            retries.run(s -> s.executeNonQueryStatement(old));
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    /** Returns an instant as a time of this server. */
    private long time(Instant at) throws IOException, StatementExecutionException {
        return TimePrecision.of(retries.call(Journal::precision))
                .fromMicros(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
    }

    /** Creates the database, once for each journal that is opened. */
    private void create() throws IOException, StatementExecutionException {
        if (!created) {
            retries.run(s -> TreeDatabases.create(s, JournalDatabase.PATH));
            created = true;
        }
    }

    private static String text(RowRecord row) {
        return row.getFields().get(0).getBinaryV().getStringValue(StandardCharsets.UTF_8);
    }

    private long lastTime() throws IOException {
        List<RowRecord> last =
                rows("SELECT " + MEASUREMENT + " FROM " + device + " ORDER BY TIME DESC LIMIT 1");
        return last.isEmpty() ? Long.MIN_VALUE : last.get(0).getTimestamp();
    }

    private List<RowRecord> rows(String query) throws IOException {
        try {
            return retries.call(
                    session -> {
                        List<RowRecord> rows = new ArrayList<>();
                        try (SessionDataSet data = session.executeQueryStatement(query)) {
                            while (data.hasNext()) {
                                rows.add(data.next());
                            }
                        }
                        return rows;
                    });
        } catch (StatementExecutionException e) {
            throw refused(e);
        }
    }

    private static String precision(Session session) throws IoTDBConnectionException {
        try {
            return session.getTimestampPrecision();
        } catch (org.apache.thrift.TException e) {
            throw new IoTDBConnectionException(e);
        }
    }

    private UserException refused(StatementExecutionException e) {
        return ServerAnswer.refusal("the journal " + device, e);
    }

    @Override
    public void close() {
        retries.close();
    }
}
