package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.model.Change;
import java.util.List;
import java.util.stream.IntStream;

/** What the changes of all mappings come to since the last ones were applied. Not thread-safe. */
final class GatheredChanges {
    private final List<PointStates> tables;
    private long bytes;
    private int changes;
    private int deletions;

    GatheredChanges(CdcSpec spec) {
        this.tables =
                IntStream.range(0, spec.tables().size())
                        .mapToObj(i -> new PointStates(i, spec.tables().get(i)))
                        .toList();
    }

    void add(Change change) {
        bytes += tables.get(change.mapping()).add(change);
        changes++;
        deletions += change.kind() == Change.Kind.DELETE ? 1 : 0;
    }

    /** Returns the heap held, about. */
    long bytes() {
        return bytes;
    }

    /** Returns how many were added. */
    int changes() {
        return changes;
    }

    /** Returns how many of the changes were deletions. */
    int deletions() {
        return deletions;
    }

    /** Returns those that have changed. */
    List<PointStates> tables() {
        return tables.stream().filter(states -> !states.devices().isEmpty()).toList();
    }
}
