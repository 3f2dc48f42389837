package io.iotdbmigrate.model;

import java.io.Serializable;
import java.util.List;

/**
 * A stretch of a table in the order of a key: rows after {@code after} up to and including {@code
 * upTo}. An empty list leaves that side open.
 *
 * @param mapping index of the mapping that the rows are read for
 * @param number counts the chunks of a mapping from 0, in key order
 */
public record Chunk(int mapping, long number, List<KeyValue> after, List<KeyValue> upTo)
        implements Serializable {
    private static final int ROW_BITS = 36;

    public Chunk {
        after = List.copyOf(after);
        upTo = List.copyOf(upTo);
    }

    /**
     * Ranks a row of this chunk among all rows of the mapping, by key.
     *
     * @param row counts the rows of the chunk from 0
     */
    public long order(long row) {
        return number << ROW_BITS | row;
    }

    /** Returns a name, unique within a backfill. */
    public String id() {
        return mapping + "-" + number;
    }
}
