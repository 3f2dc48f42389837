package io.iotdbmigrate.iotdb.table;

import java.util.HashSet;
import java.util.Set;

/**
 * The memory of the rows that were written since the last FLUSH. Servers before apache/iotdb#18634
 * give other rows wrong values when a row is deleted that is still in memory. Of rows it keeps a
 * hash: two of one hash cost a FLUSH too many. Not thread-safe.
 */
final class WrittenKeys {
    /** Some 6 MB; where more were written, a FLUSH comes before the next deletion. */
    static final int MOST = 100_000;

    private final Set<Long> hashes = new HashSet<>();

    /** Whether any row may have been written: so it is after a start. */
    private boolean any = true;

    void add(long hash) {
        if (!any) {
            hashes.add(hash);
            if (hashes.size() > MOST) {
                forget();
            }
        }
    }

    /** Takes any row for one that was written: others may have, or the connection was lost. */
    void forget() {
        hashes.clear();
        any = true;
    }

    /** Tells whether a row may have been written since the last FLUSH. */
    boolean mayHold(long hash) {
        return any || hashes.contains(hash);
    }

    /** Tells whether any row may have been. */
    boolean mayHoldAny() {
        return any || !hashes.isEmpty();
    }

    void flushed() {
        hashes.clear();
        any = false;
    }
}
