package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TypedValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows that MySQL has deleted and whose values IoTDB alone knows: {@code on_update} is {@code
 * ignore} or {@code version}. Where values share their times such a row is marked as a whole, for
 * IoTDB 2.0.1-beta answers older values of a row that is written in part. Not thread-safe.
 */
public final class KeptRows {
    /** Rows of one question that are wanted. */
    private static final int ROWS = 5_000;

    /** Times of one question. */
    private static final int TIMES = 500;

    private final TargetReader reader;

    public KeptRows(TargetReader reader) {
        this.reader = reader;
    }

    /** A taker of rows with marks, some at a time. */
    @FunctionalInterface
    public interface Marked {
        void write(TabletBuffer rows) throws IOException;
    }

    private record Key(Device device, long time) {}

    /** Hands out rows with their marks, and with what IoTDB has of them. */
    public void mark(TableMapping mapping, Map<Device, long[]> times, Marked marked)
            throws IOException {
        SortedMap<Long, List<Device>> byTime = new TreeMap<>();
        times.forEach(
                (device, of) -> {
                    for (long time : of) {
                        byTime.computeIfAbsent(time, t -> new ArrayList<>()).add(device);
                    }
                });
        Set<Key> part = new LinkedHashSet<>();
        int partTimes = 0;
        for (Map.Entry<Long, List<Device>> at : byTime.entrySet()) {
            at.getValue().forEach(device -> part.add(new Key(device, at.getKey())));
            partTimes++;
            if (part.size() >= ROWS || partTimes >= TIMES) {
                marked.write(marked(mapping, part));
                part.clear();
                partTimes = 0;
            }
        }
        if (!part.isEmpty()) {
            marked.write(marked(mapping, part));
        }
    }

    private TabletBuffer marked(TableMapping mapping, Set<Key> rows) throws IOException {
        @Nullable Object[] none = new Object[mapping.measurements().size()];
        boolean alone = !mapping.sharesTimes() || none.length == 0;
        Map<Key, @Nullable Object[]> there = alone ? Map.of() : read(mapping, rows);
        TabletBuffer marked = TabletBuffer.ofMarked(mapping);
        for (Key key : rows) {
            @Nullable Object[] values = there.getOrDefault(key, none);
            marked.add(new TargetRow(key.device(), key.time(), values).marked());
        }
        return marked;
    }

    private Map<Key, @Nullable Object[]> read(TableMapping mapping, Set<Key> wanted)
            throws IOException {
        List<ReadColumn> columns =
                mapping.measurements().stream()
                        .map(m -> new ReadColumn(m.name(), m.type()))
                        .toList();
        Set<StoredDevice> devices = new LinkedHashSet<>();
        Set<Long> times = new TreeSet<>();
        for (Key key : wanted) {
            devices.add(new StoredDevice(key.device().path(), List.of()));
            times.add(key.time());
        }
        Map<Key, @Nullable Object[]> found = new HashMap<>();
        try (StoredRows rows =
                reader.rows(
                        columns, List.copyOf(devices), new TimeFilter.Only(List.copyOf(times)))) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                Key key = new Key(row.device(), row.time());
                if (wanted.contains(key)) {
                    found.put(key, ofOwnType(row.values()));
                }
            }
        }
        return found;
    }

    /** Returns values without those of a type that their series has and the mapping has not. */
    private static @Nullable Object[] ofOwnType(@Nullable Object[] values) {
        @Nullable Object[] own = values.clone();
        for (int i = 0; i < own.length; i++) {
            own[i] = own[i] instanceof TypedValue ? null : own[i];
        }
        return own;
    }
}
