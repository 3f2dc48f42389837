package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.Chunk;
import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/** A chunk as a reader gets it. It is always read from its beginning: a restored one again. */
public record ChunkSplit(Chunk chunk) implements SourceSplit, Serializable {
    @Override
    public String splitId() {
        return chunk.id();
    }
}
