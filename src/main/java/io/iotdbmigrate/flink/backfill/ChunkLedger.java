package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.mapping.TargetUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The receipts of a backfill, one per chunk however often it was read, and what is left to do with
 * all of them.
 */
final class ChunkLedger {
    private final BackfillSpec spec;
    private final Map<String, ChunkReceipt> receipts = new LinkedHashMap<>();

    ChunkLedger(BackfillSpec spec) {
        this.spec = spec;
    }

    void add(ChunkReceipt receipt) {
        receipts.put(receipt.chunk().id(), receipt);
    }

    Collection<ChunkReceipt> receipts() {
        return receipts.values();
    }

    /**
     * Settles the rows that collapse and the devices' attributes, and tells the journal that
     * everything is there.
     */
    void close() throws IOException {
        long[] collapsed = settle();
        new AttributeResolver(spec).resolve();
        List<TableResult> results = new ArrayList<>();
        for (int i = 0; i < spec.tables().size(); i++) {
            Table table = spec.tables().get(i);
            results.add(
                    new TableResult(
                            table.name(),
                            sum(i, ChunkReceipt::rows),
                            sum(i, ChunkReceipt::points),
                            sum(i, ChunkReceipt::empty),
                            collapsed[i],
                            sum(i, ChunkReceipt::rejected),
                            sum(i, ChunkReceipt::zeroDates),
                            sum(i, ChunkReceipt::skipped)));
        }
        BackfillEntries.finish(spec, results);
    }

    /** Counts, for each table, the rows that gave way. */
    private long[] settle() throws IOException {
        long[] collapsed = new long[spec.tables().size()];
        for (TargetUnit unit : TargetUnit.of(spec.tables().stream().map(Table::mapping).toList())) {
            if (unit.mappings().stream().anyMatch(i -> !spec.tables().get(i).uniqueRows())) {
                long[] ofUnit = new CollapseResolver(spec, unit).resolve();
                for (int i = 0; i < ofUnit.length; i++) {
                    collapsed[unit.mappings().get(i)] = ofUnit[i];
                }
            }
        }
        return collapsed;
    }

    private long sum(int table, ToLongFunction<ChunkReceipt> count) {
        return receipts.values().stream()
                .filter(r -> r.chunk().mapping() == table)
                .mapToLong(count)
                .sum();
    }
}
