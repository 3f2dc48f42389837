package io.iotdbmigrate.flink.cdc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be done when a checkpoint completes: every change that stands before it is applied
 * then. It is done in the order in which it came. A checkpoint holds what is not done yet, so that
 * it is done again after a failure. Not thread-safe.
 */
final class Outstanding<T> {
    private final Set<T> open = new LinkedHashSet<>();
    private final SortedMap<Long, Set<T>> checkpoints = new TreeMap<>();

    void add(T work) {
        open.add(work);
    }

    /** Returns what a checkpoint has to hold. */
    List<T> snapshot(long checkpoint) {
        if (!open.isEmpty()) {
            checkpoints.put(checkpoint, new LinkedHashSet<>(open));
            open.clear();
        }
        return distinct(checkpoints.values());
    }

    /** Returns what was there at a checkpoint or before. */
    List<T> due(long checkpoint) {
        return distinct(checkpoints.headMap(checkpoint + 1).values());
    }

    /** Forgets what {@link #due} returns: it is done. */
    void done(long checkpoint) {
        checkpoints.headMap(checkpoint + 1).clear();
    }

    private List<T> distinct(Collection<Set<T>> sets) {
        return sets.stream().flatMap(Set::stream).distinct().toList();
    }
}
