package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.Chunk;
import java.io.Serializable;
import java.util.BitSet;

/**
 * Which buckets a chunk of MySQL had rows in, folded to {@value #FOLDS} bits: half a kilobyte a
 * chunk, and only chunks that may hold a row of interest are read again.
 */
public record ChunkTrace(Chunk chunk, BitSet folds) implements Serializable {
    private static final int FOLDS = 4096;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(FOLDS);

    /** Returns which fold a bucket is in. */
    public static int fold(int bucket) {
        return (int) ((bucket * MIX) >>> SHIFT);
    }

    /** Tells whether a row of any of these buckets may be in the chunk. */
    public boolean mayHold(BitSet buckets) {
        return buckets.stream().anyMatch(bucket -> folds.get(fold(bucket)));
    }
}
