package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.BackfillSpec.Table;
import io.iotdbmigrate.iotdb.DeviceList;
import io.iotdbmigrate.iotdb.DeviceList.Found;
import io.iotdbmigrate.iotdb.PointReader;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.TreeTarget;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.TargetRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Single rows of IoTDB, read and mended over one session each way. Not thread-safe. */
public final class IotdbRows implements TargetRows, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IotdbRows.class);

    /** Times that are asked for at once. */
    private static final int TIMES = 1_000;

    /** Devices that are asked at once, by the times that each of them is asked for. */
    private static final int ROWS = 2_000;

    private final VerifySpec spec;
    private final Retries retries;
    private final Target target;
    private final Map<Integer, TabletBuffer> buffers = new HashMap<>();

    public IotdbRows(VerifySpec spec) {
        this.spec = spec;
        this.retries = connection(spec);
        this.target = new TreeTarget(connection(spec));
    }

    private static Retries connection(VerifySpec spec) {
        return new Retries(spec.source().iotdb(), spec.source().sink().retries(), LOG::warn);
    }

    @Override
    public Map<RowKey, SideRow> read(Set<RowKey> keys) throws IOException {
        Map<Integer, Map<String, Set<Long>>> wanted = new TreeMap<>();
        for (RowKey key : keys) {
            wanted.computeIfAbsent(key.table(), t -> new TreeMap<>())
                    .computeIfAbsent(key.device(), d -> new TreeSet<>())
                    .add(key.time());
        }
        Map<RowKey, SideRow> rows = new HashMap<>();
        for (Map.Entry<Integer, Map<String, Set<Long>>> table : wanted.entrySet()) {
            Map<String, Found> devices = devices(table.getKey());
            List<Found> group = new ArrayList<>();
            Set<Long> times = new TreeSet<>();
            for (Map.Entry<String, Set<Long>> device : table.getValue().entrySet()) {
                Found found = devices.get(device.getKey());
                if (found != null) {
                    int most = times.size() + device.getValue().size();
                    if (!group.isEmpty() && (group.size() + 1) * most > ROWS) {
                        read(table.getKey(), group, times, rows);
                        group.clear();
                        times.clear();
                    }
                    group.add(found);
                    times.addAll(device.getValue());
                }
            }
            read(table.getKey(), group, times, rows);
        }
        rows.keySet().retainAll(keys);
        return rows;
    }

    private Map<String, Found> devices(int table) throws IOException {
        Map<String, Found> devices = new HashMap<>();
        for (Found found :
                DeviceList.of(
                        retries,
                        spec.tables().get(table).mapping().device(),
                        spec.rules(table).hasVersions())) {
            devices.put(found.path(), found);
        }
        return devices;
    }

    /** All of the times of each device. */
    private void read(int table, List<Found> devices, Set<Long> times, Map<RowKey, SideRow> rows)
            throws IOException {
        List<Long> all = List.copyOf(times);
        for (int from = 0; from < all.size(); from += TIMES) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + TIMES));
            try (DeviceRows of =
                    new DeviceRows(
                            retries, spec.columns(table), devices, PointReader.Times.of(some))) {
                for (TargetRow row = of.next(); row != null; row = of.next()) {
                    RowKey key = new RowKey(table, row.device().path(), row.time());
                    rows.put(key, new SideRow(SideRow.Side.IOTDB, key, 0, row.values()));
                }
            }
        }
    }

    @Override
    public void write(RowKey key, @Nullable Object[] values) {
        Table table = spec.tables().get(key.table());
        buffers.computeIfAbsent(key.table(), t -> new TabletBuffer(table.mapping()))
                .add(new TargetRow(Device.of(key.device()), key.time(), values));
    }

    @Override
    public void delete(RowKey key, List<Integer> measurements) throws IOException {
        target.deletePoints(
                spec.tables().get(key.table()).mapping(),
                Device.of(key.device()),
                measurements,
                key.time());
    }

    @Override
    public void flush() throws IOException {
        for (TabletBuffer buffer : buffers.values()) {
            target.write(buffer);
        }
        buffers.clear();
        target.flush(new ArrayList<>(new HashSet<>(spec.source().databases())));
    }

    @Override
    public void close() {
        retries.close();
        target.close();
    }
}
