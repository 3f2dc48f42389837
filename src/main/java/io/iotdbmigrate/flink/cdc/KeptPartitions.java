package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.PartitionJournal;
import io.iotdbmigrate.journal.PartitionJournal.Kept;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.io.IOException;
import java.util.List;

/**
 * The dropped partitions whose rows IoTDB keeps. Their ranges of time go to the journal, for who
 * compares both sides. Not thread-safe.
 */
final class KeptPartitions {
    private static final long MICROS = 1_000;

    private final Outstanding<Kept> outstanding = new Outstanding<>();

    void add(Kept kept) {
        outstanding.add(kept);
    }

    /** Adds a range, which ends with the statement that dropped it: later rows are no history. */
    void add(PartitionNames dropped, Range range, TableMapping mapping, ChangePosition at) {
        long now = mapping.precision().fromMicros(Math.multiplyExact(at.atMillis(), MICROS));
        if (range.from() <= now) {
            add(
                    new Kept(
                            dropped.database(),
                            dropped.table(),
                            range.from(),
                            Math.min(range.last(), now),
                            dropped.statement()));
        }
    }

    List<Kept> snapshot(long checkpoint) {
        return outstanding.snapshot(checkpoint);
    }

    void completed(long checkpoint, Journal journal) throws IOException {
        for (Kept kept : outstanding.due(checkpoint)) {
            PartitionJournal.append(journal, kept);
        }
        outstanding.done(checkpoint);
    }
}
