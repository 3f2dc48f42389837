package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.verify.DeviceKey;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.TargetCount;
import io.iotdbmigrate.verify.TargetCounts;
import io.iotdbmigrate.verify.TargetTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts of IoTDB's rows by device, over one session. Not thread-safe. */
public final class IotdbCounts implements TargetCounts, AutoCloseable {

    private final VerifySpec spec;
    private final TargetReader iotdb;

    public IotdbCounts(VerifySpec spec) {
        this.spec = spec;
        this.iotdb = spec.reader();
    }

    @Override
    public Map<DeviceKey, TargetCount> all() throws IOException {
        Map<DeviceKey, TargetCount> counts = new HashMap<>();
        for (int i = 0; i < spec.units().size(); i++) {
            TableRules rules = spec.rules(i);
            List<StoredDevice> devices = devices(i);
            Map<String, TargetReader.RowCount> counted =
                    iotdb.countRows(
                            rules.columns(),
                            rules.hasMarks() ? spec.mark(i) : null,
                            devices,
                            spec.times());
            List<StoredDevice> others = new ArrayList<>();
            for (StoredDevice device : devices) {
                TargetReader.RowCount count = counted.get(device.path());
                if (count == null) {
                    others.add(device);
                } else {
                    counts.put(
                            new DeviceKey(i, device.path()),
                            new TargetCount(count.rows() - count.marks(), count.marks()));
                }
            }
            read(
                    i,
                    others,
                    (device, row, marked) -> counts.merge(device, one(marked), TargetCount::plus));
        }
        return counts;
    }

    @Override
    public Map<DeviceKey, TargetTimes> exactly(Set<DeviceKey> wanted) throws IOException {
        Map<DeviceKey, TargetCount> counts = new HashMap<>();
        Map<DeviceKey, Set<Long>> times = new HashMap<>();
        for (int i = 0; i < spec.units().size(); i++) {
            int table = i;
            if (wanted.stream().anyMatch(d -> d.table() == table)) {
                List<StoredDevice> devices =
                        devices(i).stream()
                                .filter(d -> wanted.contains(new DeviceKey(table, d.path())))
                                .toList();
                read(
                        i,
                        devices,
                        (device, row, marked) -> {
                            counts.merge(device, one(marked), TargetCount::plus);
                            Set<Long> of = times.computeIfAbsent(device, d -> new HashSet<>());
                            if (!marked) {
                                of.add(row.time());
                            }
                        });
            }
        }
        Map<DeviceKey, TargetTimes> read = new HashMap<>();
        times.forEach(
                (device, rows) ->
                        read.put(
                                device,
                                new TargetTimes(
                                        counts.getOrDefault(device, TargetCount.NONE), rows)));
        return read;
    }

    private static TargetCount one(boolean marked) {
        return marked ? new TargetCount(0, 1) : new TargetCount(1, 0);
    }

    /** A sink that takes rows one by one, those without a value or a mark left out. */
    @FunctionalInterface
    private interface Sink {
        void accept(DeviceKey device, TargetRow row, boolean marked);
    }

    private List<StoredDevice> devices(int table) throws IOException {
        Scope.Filter scope = spec.scope().filter();
        return iotdb.devices(spec.mappings(table)).stream()
                .filter(found -> scope.holds(Device.of(found.path())))
                .toList();
    }

    private void read(int table, List<StoredDevice> devices, Sink sink) throws IOException {
        TableRules rules = spec.rules(table);
        try (StoredRows rows = iotdb.rows(spec.columns(table), devices, spec.times())) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                boolean marked = rules.isMarked(row.values());
                if (marked || !rules.isEmpty(row.values())) {
                    sink.accept(new DeviceKey(table, row.device().path()), row, marked);
                }
            }
        }
    }

    @Override
    public void close() {
        iotdb.close();
    }
}
