package io.iotdbmigrate.flink.backfill;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;

/**
 * A reader that reads one chunk at a time and has the next one ready, so that the connection is
 * kept: Flink ends a fetcher that has nothing to do.
 */
final class BackfillReader
        extends SingleThreadMultiplexSourceReaderBase<
                ChunkBlock, RowBlock, ChunkSplit, ChunkProgress> {
    private static final int CHUNKS_AT_HAND = 2;

    /** MySQL goes on while the task packs a tablet, which takes as long as reading some blocks. */
    private static final int BLOCKS_AT_HAND = 6;

    BackfillReader(BackfillSpec spec, boolean keepsEmptyRows, SourceReaderContext context) {
        this(spec, keepsEmptyRows, context, new ReadTimes(context.metricGroup()));
    }

    private BackfillReader(
            BackfillSpec spec,
            boolean keepsEmptyRows,
            SourceReaderContext context,
            ReadTimes times) {
        super(
                () -> new ChunkReader(spec, context.currentParallelism(), times),
                new RowBlockEmitter(spec, keepsEmptyRows, context.metricGroup()),
                withBlocksAtHand(context.getConfiguration()),
                context);
    }

    private static Configuration withBlocksAtHand(Configuration given) {
        Configuration settings = new Configuration(given);
        settings.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, BLOCKS_AT_HAND);
        return settings;
    }

    @Override
    public void start() {
        for (int i = getNumberOfCurrentlyAssignedSplits(); i < CHUNKS_AT_HAND; i++) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ChunkProgress> finished) {
        for (ChunkProgress chunk : finished.values()) {
            context.sendSourceEventToCoordinator(
                    new ChunkFinishedEvent(chunk.chunk().mapping(), chunk.rows()));
            context.sendSplitRequest();
        }
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
