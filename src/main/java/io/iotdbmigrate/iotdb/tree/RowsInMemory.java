package io.iotdbmigrate.iotdb.tree;

import java.util.HashMap;
import java.util.Map;

/**
 * The times of the rows that the server may hold in memory: those written since the last FLUSH. A
 * deletion must not meet them there, as IoTDB 2.0.1-beta has two faults. One that comes while a
 * FLUSH writes such rows to a file is acknowledged, and may leave them. And one of whole rows,
 * {@code device.*}, counts rows as deleted once more with each deletion, where rows came out of
 * order and a query sorted them; when it has counted as many as the device has, all of them are
 * gone. Not thread-safe.
 */
final class RowsInMemory {
    /** So many devices are remembered; of more, any row may be in memory. */
    private static final int MOST = 100_000;

    private final Map<String, Span> spans = new HashMap<>();

    /** Whether any row may be in memory: so it is after a start. */
    private boolean any = true;

    /**
     * The times of some rows.
     *
     * @param from the first
     * @param to the last
     */
    private record Span(long from, long to) {
        Span and(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    /**
     * Notes rows that are to be written.
     *
     * @param from the first of their times
     * @param to the last
     */
    void add(String device, long from, long to) {
        if (any) {
            return;
        }
        spans.merge(device, new Span(from, to), Span::and);
        if (spans.size() > MOST) {
            spans.clear();
            any = true;
        }
    }

    /**
     * Tells whether a row of a device may be in memory, from one time to another, both included.
     */
    boolean mayHold(String device, long from, long to) {
        Span span = spans.get(device);
        return any || (span != null && span.from() <= to && span.to() >= from);
    }

    /** Tells whether a row of any device may be in memory. */
    boolean mayHold() {
        return any || !spans.isEmpty();
    }

    /** Notes that the server has written all rows to files. */
    void flushed() {
        spans.clear();
        any = false;
    }
}
