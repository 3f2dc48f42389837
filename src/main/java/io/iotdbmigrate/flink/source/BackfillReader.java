package io.iotdbmigrate.flink.source;

import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.RowBlock;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Reads one chunk at a time and asks for the next when it is done. */
final class BackfillReader
        extends SingleThreadMultiplexSourceReaderBase<
                DecodedRows, RowBlock, ChunkSplit, ChunkProgress> {

    BackfillReader(BackfillSpec spec, SourceReaderContext context) {
        super(
                () -> new ChunkReader(spec, context.currentParallelism()),
                new RowBlockEmitter(spec, context.metricGroup()),
                context.getConfiguration(),
                context);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ChunkProgress> finished) {
        for (ChunkProgress chunk : finished.values()) {
            context.sendSourceEventToCoordinator(
                    new ChunkFinishedEvent(chunk.chunk().mapping(), chunk.rows()));
        }
        context.sendSplitRequest();
    }

    @Override
    protected ChunkProgress initializedState(ChunkSplit split) {
        return new ChunkProgress(split.chunk());
    }

    @Override
    protected ChunkSplit toSplitType(String splitId, ChunkProgress state) {
        return new ChunkSplit(state.chunk());
    }
}
