package io.iotdbmigrate.flink.backfill;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of the chunks that readers have. */
final class ChunkSplitSerializer extends ChunkSerializer<ChunkSplit> {
    @Override
    protected void write(ChunkSplit split, DataOutputView out) throws IOException {
        writeChunk(split.chunk(), out);
    }

    @Override
    protected ChunkSplit read(int writtenIn, DataInputView in) throws IOException {
        return new ChunkSplit(readChunk(in));
    }
}
