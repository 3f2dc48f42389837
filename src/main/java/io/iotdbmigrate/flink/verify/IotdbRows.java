package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SideRow;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.TargetRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Single rows of IoTDB, read and mended over one session each way. Not thread-safe. */
public final class IotdbRows implements TargetRows, AutoCloseable {

    /** Times of one question. */
    private static final int TIMES = 5_000;

    /**
     * Rows that one question may find, wanted or not. A question about points that deletions lie
     * near takes the server 0.3 s and 10 ms a device, however few are wanted, and a million rows 3
     * s: few large questions are answered sooner than many small ones.
     */
    private static final int ROWS = 1_000_000;

    private final VerifySpec spec;
    private final TargetReader reader;
    private final Target target;
    private final Map<Integer, TabletBuffer> buffers = new HashMap<>();

    public IotdbRows(VerifySpec spec) {
        this.spec = spec;
        this.reader = spec.reader();
        this.target = Targets.open(Retries.of(spec.source().iotdb(), spec.source().sink()));
    }

    @Override
    public Map<RowKey, SideRow> read(Set<RowKey> keys) throws IOException {
        Map<Integer, SortedMap<Long, Set<String>>> wanted = new TreeMap<>();
        for (RowKey key : keys) {
            wanted.computeIfAbsent(key.table(), t -> new TreeMap<>())
                    .computeIfAbsent(key.time(), t -> new HashSet<>())
                    .add(key.device());
        }
        Map<RowKey, SideRow> rows = new HashMap<>();
        for (Map.Entry<Integer, SortedMap<Long, Set<String>>> table : wanted.entrySet()) {
            int number = table.getKey();
            Map<String, StoredDevice> devices = devices(number);
            for (RowQuery question : RowQuery.about(table.getValue(), TIMES, ROWS)) {
                List<StoredDevice> known =
                        question.devices().stream()
                                .map(devices::get)
                                .filter(Objects::nonNull)
                                .toList();
                read(number, known, question.times(), keys, rows);
            }
        }
        return rows;
    }

    private Map<String, StoredDevice> devices(int table) throws IOException {
        Map<String, StoredDevice> devices = new HashMap<>();
        for (StoredDevice found : reader.devices(spec.mappings(table))) {
            devices.put(found.path(), found);
        }
        return devices;
    }

    private void read(
            int table,
            List<StoredDevice> devices,
            List<Long> times,
            Set<RowKey> keys,
            Map<RowKey, SideRow> rows)
            throws IOException {
        try (StoredRows of =
                reader.rows(spec.columns(table), devices, new TimeFilter.Only(times))) {
            for (TargetRow row = of.next(); row != null; row = of.next()) {
                RowKey key = new RowKey(table, row.device().path(), row.time());
                if (keys.contains(key)) {
                    rows.put(key, new SideRow(SideRow.Side.IOTDB, key, 0, row.values()));
                }
            }
        }
    }

    /** Adds each value by the last mapping that writes its column in its type. */
    @Override
    public void write(RowKey key, @Nullable Object[] values) {
        TableRules rules = spec.rules(key.table());
        List<Integer> mappings = spec.units().get(key.table()).mappings();
        Object[] left = values.clone();
        for (int writer = mappings.size() - 1; writer >= 0; writer--) {
            int mapping = mappings.get(writer);
            List<Integer> columns = rules.writers().get(writer);
            Object[] own = own(left, columns, spec.tables().get(mapping).mapping(), rules);
            boolean whole = rules.wholeRows() && writer == mappings.size() - 1;
            if (whole || Arrays.stream(own).anyMatch(Objects::nonNull)) {
                buffers.computeIfAbsent(
                                mapping,
                                m -> new TabletBuffer(spec.tables().get(mapping).mapping()))
                        .add(new TargetRow(Device.of(key.device()), key.time(), own));
            }
        }
    }

    /** Returns the values that a mapping can write, which are taken away from what is left. */
    private static @Nullable Object[] own(
            @Nullable Object[] left, List<Integer> columns, TableMapping by, TableRules rules) {
        Object[] own = new Object[columns.size()];
        for (int m = 0; m < own.length; m++) {
            int column = columns.get(m);
            TargetType type =
                    left[column] instanceof TypedValue typed
                            ? typed.type()
                            : rules.types().get(column);
            if (left[column] != null && type == by.measurements().get(m).type()) {
                own[m] = left[column] instanceof TypedValue typed ? typed.value() : left[column];
                left[column] = null;
            }
        }
        return own;
    }

    @Override
    public void delete(RowKey key, List<Integer> measurements) throws IOException {
        TableRules rules = spec.rules(key.table());
        Set<Integer> left = new HashSet<>(measurements);
        List<Integer> mappings = spec.units().get(key.table()).mappings();
        if (rules.wholeRows()) {
            target.deletePoints(
                    spec.tables().get(mappings.get(0)).mapping(),
                    Device.of(key.device()),
                    measurements,
                    key.time());
            return;
        }
        for (int writer = 0; writer < mappings.size(); writer++) {
            List<Integer> columns = rules.writers().get(writer);
            List<Integer> own =
                    IntStream.range(0, columns.size())
                            .filter(m -> left.remove(columns.get(m)))
                            .boxed()
                            .toList();
            if (!own.isEmpty()) {
                target.deletePoints(
                        spec.tables().get(mappings.get(writer)).mapping(),
                        Device.of(key.device()),
                        own,
                        key.time());
            }
        }
    }

    @Override
    public void flush() throws IOException {
        for (TabletBuffer buffer : buffers.values()) {
            target.update(buffer);
        }
        buffers.clear();
        target.flush(new ArrayList<>(new HashSet<>(spec.source().databases())));
    }

    @Override
    public void close() {
        reader.close();
        target.close();
    }
}
