package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.model.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the changes of all mappings come to since the last ones were applied. Not thread-safe. */
final class GatheredChanges {
    private static final long ATTRIBUTE_BYTES = 200;

    private final List<PointStates> tables;
    private final Map<LookedUp, Optional<String>> attributes = new LinkedHashMap<>();
    private long bytes;
    private int changes;
    private int deletions;

    GatheredChanges(CdcSpec spec) {
        this.tables =
                IntStream.range(0, spec.tables().size())
                        .mapToObj(i -> new PointStates(i, spec.tables().get(i)))
                        .toList();
    }

    /** An attribute, by its index, of all devices of a key. */
    record LookedUp(int mapping, int attribute, String key) {}

    void add(Change change) {
        if (change.kind() == Change.Kind.ATTRIBUTE) {
            addAttribute(change);
            return;
        }
        bytes += tables.get(change.mapping()).add(change);
        changes++;
        deletions += change.kind() == Change.Kind.DELETE ? 1 : 0;
    }

    private void addAttribute(Change change) {
        LookedUp of =
                new LookedUp(
                        change.mapping(),
                        Math.toIntExact(change.time()),
                        String.valueOf(change.key().get(0)));
        Object[] values = Objects.requireNonNull(change.values());
        attributes.put(of, Optional.ofNullable((String) values[0]));
        bytes += ATTRIBUTE_BYTES;
        changes++;
    }

    /** Returns what look-ups give now; it counts behind all rows. */
    Map<LookedUp, Optional<String>> attributes() {
        return attributes;
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
