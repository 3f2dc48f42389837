package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.RejectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a reader knows of a chunk while it reads it. Lost with the reader: the chunk is then read
 * again.
 */
final class ChunkProgress {
    private static final int FIRST_CAPACITY = 1 << 12;

    private final Chunk chunk;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private long[] keyHashes = new long[FIRST_CAPACITY];
    private int keys;
    private long rows;
    private long points;
    private long empty;
    private long zeroDates;
    private long skipped;

    ChunkProgress(Chunk chunk) {
        this.chunk = chunk;
    }

    Chunk chunk() {
        return chunk;
    }

    /**
     * Counts a row.
     *
     * @param kept whether IoTDB keeps something of it
     */
    void mapped(int nonNullValues, boolean kept) {
        rows++;
        points += nonNullValues;
        if (!kept) {
            empty++;
        }
    }

    void rejected(RejectedRow row) {
        rows++;
        rejected.add(row);
    }

    void zeroDates(long count) {
        zeroDates += count;
    }

    void skipped(long count) {
        skipped += count;
    }

    void key(long hash) {
        if (keys == keyHashes.length) {
            keyHashes = Arrays.copyOf(keyHashes, keys * 2);
        }
        keyHashes[keys++] = hash;
    }

    long[] keyHashes() {
        return keyHashes;
    }

    int keys() {
        return keys;
    }

    List<RejectedRow> rejectedRows() {
        return rejected;
    }

    long rows() {
        return rows;
    }

    /** Gives the rank of the next row of the table, by key. */
    long order() {
        return chunk.order(rows);
    }

    ChunkReceipt receipt() {
        return new ChunkReceipt(chunk, rows, points, empty, rejected.size(), zeroDates, skipped);
    }
}
