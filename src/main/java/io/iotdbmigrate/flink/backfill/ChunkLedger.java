package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.journal.BackfillJournal.TableResult;
import io.iotdbmigrate.journal.BackfillJournal;
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

    /** Settles the rows that collapse and tells the journal that everything is there. */
    void close() throws IOException {
        List<TableResult> results = new ArrayList<>();
        for (int i = 0; i < spec.tables().size(); i++) {
            Table table = spec.tables().get(i);
            long collapsed =
                    table.uniqueRows() ? 0 : new CollapseResolver(spec, table, i).resolve();
            results.add(
                    new TableResult(
                            table.name(),
                            sum(i, ChunkReceipt::rows),
                            sum(i, ChunkReceipt::points),
                            sum(i, ChunkReceipt::empty),
                            collapsed,
                            sum(i, ChunkReceipt::rejected),
                            sum(i, ChunkReceipt::zeroDates)));
        }
        BackfillJournal.finish(spec, results);
    }

    private long sum(int table, ToLongFunction<ChunkReceipt> count) {
        return receipts.values().stream()
                .filter(r -> r.chunk().mapping() == table)
                .mapToLong(count)
                .sum();
    }
}
