package io.iotdbmigrate.journal;

import java.io.IOException;
import java.util.List;

/** Dropped partitions in the {@link Journal}, whose rows IoTDB keeps. */
public final class PartitionJournal {
    private static final String KEPT = "partition_kept";

    private PartitionJournal() {}

    /**
     * A range of time whose rows MySQL has dropped.
     *
     * @param from in the unit of IoTDB, included
     * @param last included
     * @param statement that dropped them
     */
    public record Kept(String database, String table, long from, long last, String statement) {}

    public static void append(Journal journal, Kept kept) throws IOException {
        journal.append(KEPT, kept);
    }

    /** Returns all of them; what was done again after a failure stands there twice. */
    public static List<Kept> all(List<Journal.Entry> entries) {
        return entries.stream()
                .filter(PartitionJournal::isOne)
                .map(entry -> StoredJson.fromNode(entry.fields(), Kept.class))
                .toList();
    }

    /** Tells whether an entry is about one. */
    public static boolean isOne(Journal.Entry entry) {
        return entry.event().equals(KEPT);
    }
}
