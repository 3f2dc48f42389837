package io.iotdbmigrate.flink.source.binlog;

import io.iotdbmigrate.flink.RowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * The connector's reader, but a checkpoint inside a transaction notes where that began: restored
 * inside a large statement, connector 3.5.0 loses rows (FLINK-38531; a test of ours lost some,
 * too). The transaction is read again as a whole; what had passed already is known behind the
 * source.
 */
final class ReplayingReader implements SourceReader<RowEvent, MySqlSplit> {
    private final SourceReader<RowEvent, MySqlSplit> reader;

    ReplayingReader(SourceReader<RowEvent, MySqlSplit> reader) {
        this.reader = reader;
    }

    @Override
    public List<MySqlSplit> snapshotState(long checkpointId) {
        List<MySqlSplit> splits = new ArrayList<>();
        for (MySqlSplit split : reader.snapshotState(checkpointId)) {
            splits.add(split.isBinlogSplit() ? fromTransaction(split.asBinlogSplit()) : split);
        }
        return splits;
    }

    private static MySqlBinlogSplit fromTransaction(MySqlBinlogSplit split) {
        BinlogOffset offset = split.getStartingOffset();
        if (offset == null
                || (offset.getRestartSkipEvents() == 0 && offset.getRestartSkipRows() == 0)) {
            return split;
        }
        BinlogOffset begin =
                BinlogOffset.builder()
                        .setOffsetMap(offset.getOffset())
                        .setSkipEvents(0)
                        .setSkipRows(0)
                        .build();
        return new MySqlBinlogSplit(
                split.splitId(),
                begin,
                split.getEndingOffset(),
                split.getFinishedSnapshotSplitInfos(),
                split.getTableSchemas(),
                split.getTotalFinishedSplitSize(),
                split.isSuspended());
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowEvent> output) throws Exception {
        return reader.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void addSplits(List<MySqlSplit> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
