package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.RowBlock;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/** A reader that streams the rows of groups of devices over one session, a block per fetch. */
final class PointSplitReader implements SplitReader<RowBlock, DeviceSplit> {
    private static final int BLOCK_ROWS = 2_000;

    private final VerifySpec spec;
    private final TargetReader iotdb;
    private final Queue<DeviceSplit> splits = new ArrayDeque<>();
    private @Nullable DeviceSplit current;
    private @Nullable StoredRows rows;

    PointSplitReader(VerifySpec spec) {
        this.spec = spec;
        this.iotdb = spec.reader();
    }

    @Override
    public RecordsWithSplitIds<RowBlock> fetch() throws IOException {
        DeviceSplit split = current;
        if (split == null) {
            split = splits.poll();
            if (split == null) {
                return new RecordsBySplits.Builder<RowBlock>().build();
            }
            rows = iotdb.rows(spec.columns(split.table()), split.devices(), spec.times());
            current = split;
        }
        return block(split, Objects.requireNonNull(rows));
    }

    private RecordsWithSplitIds<RowBlock> block(DeviceSplit split, StoredRows from)
            throws IOException {
        List<TargetRow> block = new ArrayList<>(BLOCK_ROWS);
        TargetRow row = null;
        while (block.size() < BLOCK_ROWS && (row = from.next()) != null) {
            block.add(row);
        }
        RecordsBySplits.Builder<RowBlock> records = new RecordsBySplits.Builder<>();
        records.add(split.splitId(), new RowBlock(split.table(), 0, block, null));
        if (row == null) {
            records.addFinishedSplit(split.splitId());
            from.close();
            rows = null;
            current = null;
        }
        return records.build();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<DeviceSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(change.getClass().getName());
        }
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        // A fetch never waits for anything but the server.
    }

    /** Closes the session. With the session the server ends its queries. */
    @Override
    public void close() {
        iotdb.close();
    }
}
