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
    public Chunk {
        after = List.copyOf(after);
        upTo = List.copyOf(upTo);
    }

    /** Returns a name, unique within a backfill. */
    public String id() {
        return mapping + "-" + number;
    }
}
