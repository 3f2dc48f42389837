package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.model.Fingerprint;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of look-ups in the {@link Journal}: what a backfill named its rows by, from which a
 * replication goes on, and what the replication found to be named otherwise.
 */
public final class NameJournal {
    private static final String CHANGED = "look_up_changed";
    private static final String LAST = "names_changed";

    /** Characters of a state, about: a request to IoTDB must not be too long. */
    private static final int LONGEST = 1_000_000;

    private NameJournal() {}

    /** A part of the rows of one column. */
    private record Part(String reference, Map<String, String> rows) {}

    /** How many parts there are. */
    private record Parts(int count) {}

    /** An entry about changed names. */
    private record Changed(List<NameChange> names) {}

    /**
     * Notes the rows. They are durable with the next entry of the journal.
     *
     * @return under which name they are found; null if there are none
     */
    public static @Nullable String write(Journal journal, String runId, List<LookupColumn> columns)
            throws IOException {
        if (columns.isEmpty()) {
            return null;
        }
        String name = "names_" + new Fingerprint().add("run", runId).hex();
        int parts = 0;
        for (LookupColumn column : columns) {
            Map<String, String> rows = new HashMap<>();
            long length = 0;
            for (Map.Entry<String, String> row : column.rows().entrySet()) {
                rows.put(row.getKey(), row.getValue());
                length += row.getKey().length() + row.getValue().length();
                if (length > LONGEST) {
                    journal.putState(name + "_" + parts++, new Part(column.reference(), rows));
                    rows.clear();
                    length = 0;
                }
            }
            journal.putState(name + "_" + parts++, new Part(column.reference(), rows));
        }
        journal.putState(name, new Parts(parts));
        return name;
    }

    /**
     * Returns columns with the rows that were noted; those that were not are as they are.
     *
     * @param name as {@link #write} has returned it
     */
    public static List<LookupColumn> read(Journal journal, String name, List<LookupColumn> columns)
            throws IOException {
        Map<String, Map<String, String>> noted = new HashMap<>();
        Optional<JsonNode> parts = journal.state(name);
        int count =
                parts.map(node -> StoredJson.fromNode(node, Parts.class))
                        .map(Parts::count)
                        .orElse(0);
        for (int i = 0; i < count; i++) {
            Part part =
                    StoredJson.fromNode(
                            journal.state(name + "_" + i).orElseThrow(() -> lost(name)),
                            Part.class);
            noted.computeIfAbsent(part.reference(), r -> new HashMap<>()).putAll(part.rows());
        }
        List<LookupColumn> found = new ArrayList<>();
        for (LookupColumn column : columns) {
            found.add(column.withRows(noted.getOrDefault(column.reference(), column.rows())));
        }
        return found;
    }

    private static IOException lost(String name) {
        return new IOException("the journal lost a part of " + name);
    }

    /** Notes that names in IoTDB are no longer those of the look-ups' tables. */
    public static void changed(Journal journal, List<NameChange> changes) throws IOException {
        journal.append(CHANGED, new Changed(changes));
        journal.putState(LAST, new Changed(changes));
    }

    /**
     * The newest changes.
     *
     * @param at when they were noted; the epoch if there are none
     */
    public record Newest(Instant at, List<NameChange> changes) {
        /** Before any change. */
        public static final Newest NONE = new Newest(Instant.EPOCH, List.of());
    }

    /** Returns the changes that were noted last. */
    public static Newest newest(Journal journal) throws IOException {
        return journal.state(LAST)
                .map(
                        state ->
                                new Newest(
                                        Instant.parse(state.path("at").asText()),
                                        StoredJson.fromNode(state, Changed.class).names()))
                .orElse(Newest.NONE);
    }

    /**
     * Returns the changes since the last backfill that still count: the last one of each key.
     *
     * @param entries of the journal
     */
    public static List<NameChange> changed(List<Journal.Entry> entries) {
        Map<List<String>, NameChange> last = new LinkedHashMap<>();
        for (Journal.Entry entry : entries) {
            if (BackfillJournal.isWriting(entry)) {
                last.clear();
            }
            changed(entry).forEach(c -> last.put(List.of(c.reference(), c.key()), c));
        }
        return List.copyOf(last.values());
    }

    /** Returns the changed names that an entry is about; none of another entry. */
    public static List<NameChange> changed(Journal.Entry entry) {
        return entry.event().equals(CHANGED)
                ? StoredJson.fromNode(entry.fields(), Changed.class).names()
                : List.of();
    }
}
