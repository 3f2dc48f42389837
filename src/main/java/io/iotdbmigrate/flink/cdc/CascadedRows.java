package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import java.io.IOException;
import java.util.List;

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

    private static void erase(
            List<CascadedKeys> keys, TableMapping mapping, TargetReader iotdb, Refill refill)
            throws IOException {
        List<StoredDevice> changed =
                iotdb.devices(List.of(mapping)).stream()
                        .filter(d -> keys.stream().anyMatch(k -> names(k, d, mapping)))
                        .toList();
        refill.target().eraseDevices(mapping, changed);
    }

    private static boolean names(CascadedKeys keys, StoredDevice device, TableMapping mapping) {
        for (List<Long> value : keys.values()) {
            boolean all = true;
            for (int i = 0; i < value.size(); i++) {
                String column = keys.columns().get(i);
                all &= mapping.device().hasValue(device.path(), column, value.get(i).toString());
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static void write(CascadedKeys keys, TargetUnit unit, Refill refill)
            throws IOException {
        for (List<Long> value : keys.values()) {
            refill.write(
                    unit,
                    (mapping, sink) ->
                            refill.points().pointsWhere(mapping, keys.columns(), value, sink));
        }
    }
}
