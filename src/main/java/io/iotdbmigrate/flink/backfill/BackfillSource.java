package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a backfill as a bounded source: every row that was there when it began is read at
 * least once; a row is read again only after a failure, with its whole chunk.
 */
public final class BackfillSource implements Source<RowBlock, ChunkSplit, EnumeratorState> {
    private static final long serialVersionUID = 1L;

    private final BackfillSpec spec;
    private final boolean backfills;
    private final @Nullable List<Chunk> chunks;

    public BackfillSource(BackfillSpec spec) {
        this(spec, true, null);
    }

    private BackfillSource(BackfillSpec spec, boolean backfills, @Nullable List<Chunk> chunks) {
        this.spec = spec;
        this.backfills = backfills;
        this.chunks = chunks == null ? null : new ArrayList<>(chunks);
    }

    /**
     * Reads the rows the same rows for whoever only looks at them: nothing is noted in the journal,
     * and rows of nulls are there, too.
     *
     * @param chunks only these; null: plan them anew
     */
    public static BackfillSource readingOnly(BackfillSpec spec, @Nullable List<Chunk> chunks) {
        return new BackfillSource(spec, false, chunks);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ChunkSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ChunkSplit> context) {
        return new ChunkEnumerator(
                context,
                spec,
                backfills,
                chunks == null
                        ? ChunkEnumerator.fresh(spec)
                        : ChunkEnumerator.planned(spec, chunks));
    }

    @Override
    public SplitEnumerator<ChunkSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ChunkSplit> context, EnumeratorState state) {
        return new ChunkEnumerator(context, spec, backfills, state);
    }

    @Override
    public SourceReader<RowBlock, ChunkSplit> createReader(SourceReaderContext context) {
        context.getUserCodeClassLoader()
                .registerReleaseHookIfAbsent("mysql", MySqlConnections::release);
        return new BackfillReader(spec, !backfills, context);
    }

    @Override
    public SimpleVersionedSerializer<ChunkSplit> getSplitSerializer() {
        return new ChunkSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }
}
