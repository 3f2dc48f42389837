package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.flink.CdcSpec;
import io.iotdbmigrate.model.Change;
import java.util.List;

/** What the changes of all mappings come to since the last ones were applied. Not thread-safe. */
final class GatheredChanges {
    private final List<PointStates> tables;
    private long bytes;
    private int points;

    GatheredChanges(CdcSpec spec) {
        this.tables = spec.tables().stream().map(PointStates::new).toList();
    }

    void add(Change change) {
        long grown = tables.get(change.mapping()).add(change);
        bytes += grown;
        points += grown > 0 ? 1 : 0;
    }

    /** Heap held, about. */
    long bytes() {
        return bytes;
    }

    int points() {
        return points;
    }

    /** Those that have changed. */
    List<PointStates> tables() {
        return tables.stream().filter(states -> !states.devices().isEmpty()).toList();
    }
}
