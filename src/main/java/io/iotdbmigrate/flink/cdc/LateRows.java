package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.names.LateKey;
import io.iotdbmigrate.mysql.rows.TablePoints.PointSink;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rows that came before their key had a name, and were rejected. They are read when a
 * checkpoint completes behind the name: every change that stands before is applied then, and none
 * that is newer than what is read can come before it. Doing it twice does no harm. Not thread-safe.
 */
final class LateRows {
    private final CdcSpec spec;
    private final Consumer<LateKey> named;
    private final Set<LateKey> open = new LinkedHashSet<>();
    private final SortedMap<Long, Set<LateKey>> checkpoints = new TreeMap<>();

    /**
     * @param spec with mappings that know the names as they are
     * @param named told of keys of which rows were found
     */
    LateRows(CdcSpec spec, Consumer<LateKey> named) {
        this.spec = spec;
        this.named = named;
    }

    void add(LateKey key) {
        open.add(key);
    }

    /** Returns what a checkpoint has to hold: the keys whose rows are not read yet. */
    List<LateKey> snapshot(long checkpoint) {
        if (!open.isEmpty()) {
            checkpoints.put(checkpoint, new HashSet<>(open));
            open.clear();
        }
        return checkpoints.values().stream().flatMap(Set::stream).distinct().toList();
    }

    /**
     * Writes the rows of keys that had their names at a checkpoint or before.
     *
     * @throws IOException if a server is away; they stay
     */
    void completed(long checkpoint) throws IOException {
        SortedMap<Long, Set<LateKey>> due = checkpoints.headMap(checkpoint + 1);
        if (due.isEmpty()) {
            return;
        }
        List<LateKey> keys = due.values().stream().flatMap(Set::stream).distinct().toList();
        try (Refill refill = new Refill(spec)) {
            for (TargetUnit unit : TargetUnit.of(spec.mappings())) {
                for (LateKey key : keys) {
                    refill.write(unit, (mapping, sink) -> points(refill, mapping, key, sink));
                }
            }
            refill.flush();
        }
        due.clear();
    }

    private void points(Refill refill, TableMapping mapping, LateKey key, PointSink sink)
            throws IOException {
        if (key.isOf(mapping)) {
            refill.points()
                    .pointsWhere(
                            mapping,
                            List.of(key.column()),
                            List.of(key.key()),
                            point -> {
                                named.accept(key);
                                sink.accept(point);
                            });
        }
    }
}
