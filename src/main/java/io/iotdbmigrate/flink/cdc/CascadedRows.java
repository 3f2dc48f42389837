package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mysql.rows.KeyValues;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The devices that foreign keys have changed as a whole, which are read anew when a checkpoint
 * completes: every change that stands before is applied then. The thread that does it is the one
 * that takes changes, so none that is newer than what is read can come before it. Doing it twice
 * does no harm. Not thread-safe.
 */
final class CascadedRows {
    private final CdcSpec spec;
    private final Outstanding<CascadedKeys> outstanding = new Outstanding<>();

    CascadedRows(CdcSpec spec) {
        this.spec = spec;
    }

    /** Adds the keys of devices. */
    void add(CascadedKeys changed) {
        outstanding.add(changed);
    }

    /** Returns what a checkpoint has to hold: the keys whose devices are not read anew yet. */
    List<CascadedKeys> snapshot(long checkpoint) {
        return outstanding.snapshot(checkpoint);
    }

    /**
     * Reads the devices anew that were there at a checkpoint or before.
     *
     * @throws IOException if a server is away; they stay
     */
    void completed(long checkpoint) throws IOException {
        List<CascadedKeys> keys = outstanding.due(checkpoint);
        if (keys.isEmpty()) {
            return;
        }
        try (Refill refill = new Refill(spec);
                TargetReader iotdb = Targets.reader(Retries.of(spec.iotdb(), spec.sink()))) {
            for (TargetUnit unit : TargetUnit.of(spec.mappings())) {
                TableMapping mapping = spec.mappings().get(unit.mappings().get(0));
                List<CascadedKeys> own = keys.stream().filter(k -> k.isOf(mapping)).toList();
                if (!own.isEmpty()) {
                    erase(own, mapping, iotdb, refill);
                    for (CascadedKeys changed : own) {
                        write(changed, unit, refill);
                    }
                }
            }
            refill.flush();
        }
        outstanding.done(checkpoint);
    }

    private void erase(
            List<CascadedKeys> keys, TableMapping mapping, TargetReader iotdb, Refill refill)
            throws IOException {
        List<StoredDevice> all = iotdb.devices(List.of(mapping));
        Set<StoredDevice> changed = new LinkedHashSet<>();
        for (CascadedKeys key : keys) {
            for (List<String> value : key.values()) {
                changed.addAll(named(key.columns(), value, all, mapping));
            }
        }
        refill.target().eraseDevices(mapping, List.copyOf(changed));
    }

    /** Finds the devices whose names have values of the columns. */
    private List<StoredDevice> named(
            List<String> columns, List<String> value, List<StoredDevice> all, TableMapping mapping)
            throws IOException {
        List<StoredDevice> named = all;
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            Set<String> equal =
                    KeyValues.equal(
                            spec.mysql(),
                            mapping,
                            column,
                            value.get(i),
                            named.stream()
                                    .flatMap(d -> mapping.device().value(d.path(), column).stream())
                                    .toList());
            named =
                    named.stream()
                            .filter(
                                    d ->
                                            mapping.device()
                                                    .value(d.path(), column)
                                                    .filter(equal::contains)
                                                    .isPresent())
                            .toList();
        }
        return named;
    }

    private static void write(CascadedKeys keys, TargetUnit unit, Refill refill)
            throws IOException {
        for (List<String> value : keys.values()) {
            refill.write(
                    unit,
                    (mapping, sink) ->
                            refill.points().pointsOfKey(mapping, keys.columns(), value, sink));
        }
    }
}
