package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of devices of which some have corrections. The highest correction of a time stands in for
 * the first value. Devices without corrections come before all others. Not thread-safe.
 */
public final class CorrectedRows implements StoredRows {
    private final Rows rows;
    private final boolean marks;
    private final Deque<StoredDevice> left = new ArrayDeque<>();
    private StoredRows open;

    /** The highest corrections of the device that is read, by time. */
    private SortedMap<Long, Correction> corrections = new TreeMap<>();

    private CorrectedRows(
            Rows rows, StoredRows plain, List<StoredDevice> corrected, boolean marks) {
        this.rows = rows;
        this.open = plain;
        this.marks = marks;
        left.addAll(corrected);
    }

    /** A way to read rows of devices as they are. */
    public interface Rows {
        /**
         * Opens them.
         *
         * @param devices that have no corrections, perhaps none at all
         */
        StoredRows of(List<StoredDevice> devices) throws IOException;
    }

    private record Correction(int number, TargetRow row) {
        static Correction higher(Correction one, Correction other) {
            return one.number > other.number ? one : other;
        }
    }

    /**
     * Opens the rows of devices.
     *
     * @param columns the last may be the mark of deleted rows, which is with the first value
     */
    public static StoredRows of(List<StoredDevice> devices, List<ReadColumn> columns, Rows rows)
            throws IOException {
        List<StoredDevice> corrected =
                devices.stream().filter(d -> !d.versions().isEmpty()).toList();
        if (corrected.isEmpty()) {
            return rows.of(devices);
        }
        StoredRows plain = rows.of(devices.stream().filter(d -> d.versions().isEmpty()).toList());
        boolean marks = columns.get(columns.size() - 1).name().equals(MappingConfig.DELETED);
        return new CorrectedRows(rows, plain, corrected, marks);
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (true) {
            TargetRow row = open.next();
            if (row != null) {
                Correction correction = corrections.remove(row.time());
                return correction == null ? row : marked(correction.row(), row);
            }
            if (!corrections.isEmpty()) {
                return corrections.remove(corrections.firstKey()).row();
            }
            StoredDevice device = left.poll();
            if (device == null) {
                return null;
            }
            open.close();
            corrections = corrections(device);
            open = rows.of(List.of(without(device.path())));
        }
    }

    private TargetRow marked(TargetRow correction, TargetRow first) {
        if (marks) {
            int last = correction.values().length - 1;
            correction.values()[last] = first.values()[last];
        }
        return correction;
    }

    private SortedMap<Long, Correction> corrections(StoredDevice device) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        device.versions().forEach(version -> numbers.put(version, numbers.size()));
        Device own = Device.of(device.path());
        SortedMap<Long, Correction> highest = new TreeMap<>();
        try (StoredRows of =
                rows.of(device.versions().stream().map(CorrectedRows::without).toList())) {
            for (TargetRow row = of.next(); row != null; row = of.next()) {
                highest.merge(
                        row.time(),
                        new Correction(
                                Objects.requireNonNull(numbers.get(row.device().path())),
                                new TargetRow(own, row.time(), row.values())),
                        Correction::higher);
            }
        }
        return highest;
    }

    private static StoredDevice without(String device) {
        return new StoredDevice(device, List.of());
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
