package io.iotdbmigrate.flink.source;

import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.JavaSerializer;
import io.iotdbmigrate.flink.RowBlock;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The tables of a backfill as a bounded source: every row that was there when it began is read at
 * least once; a row is read again only after a failure, with its whole chunk.
 */
public final class BackfillSource implements Source<RowBlock, ChunkSplit, EnumeratorState> {
    private static final long serialVersionUID = 1L;

    private final BackfillSpec spec;

    public BackfillSource(BackfillSpec spec) {
        this.spec = spec;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ChunkSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ChunkSplit> context) {
        return new ChunkEnumerator(context, spec, ChunkEnumerator.fresh(spec));
    }

    @Override
    public SplitEnumerator<ChunkSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ChunkSplit> context, EnumeratorState state) {
        return new ChunkEnumerator(context, spec, state);
    }

    @Override
    public SourceReader<RowBlock, ChunkSplit> createReader(SourceReaderContext context) {
        return new BackfillReader(spec, context);
    }

    @Override
    public SimpleVersionedSerializer<ChunkSplit> getSplitSerializer() {
        return new JavaSerializer<>();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new JavaSerializer<>();
    }
}
