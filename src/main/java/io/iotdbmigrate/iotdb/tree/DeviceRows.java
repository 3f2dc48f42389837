package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some devices. Devices without corrections share a query; of a device that has some,
 * the highest correction of a time stands in for the first value. Not thread-safe.
 */
final class DeviceRows implements StoredRows {
    private final Retries retries;
    private final List<ReadColumn> columns;
    private final TimeFilter times;
    private final Deque<StoredDevice> corrected = new ArrayDeque<>();
    private final Deque<List<String>> plain = new ArrayDeque<>();
    private final boolean marks;
    private final boolean tall;
    private @Nullable StoredRows reader;
    private Iterator<TargetRow> behind = List.<TargetRow>of().iterator();

    /** The newest corrections of the device that is read, by time. */
    private Map<Long, TargetRow> corrections = Map.of();

    DeviceRows(
            Retries retries,
            List<ReadColumn> columns,
            List<StoredDevice> devices,
            TimeFilter times) {
        this.retries = retries;
        this.columns = columns;
        this.times = times;
        List<String> without = new ArrayList<>();
        for (StoredDevice device : devices) {
            if (device.versions().isEmpty()) {
                without.add(device.path());
            } else {
                corrected.add(device);
            }
        }
        this.tall = SeriesPath.isTall(columns.get(0).name());
        plain.addAll(groups(without));
        this.marks = columns.get(columns.size() - 1).name().equals(MappingConfig.mark(tall));
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (true) {
            if (reader != null) {
                TargetRow row = reader.next();
                if (row != null) {
                    TargetRow correction =
                            corrections.isEmpty() ? null : corrections.remove(row.time());
                    return correction == null ? row : marked(correction, row);
                }
                reader.close();
                reader = null;
                behind = List.copyOf(corrections.values()).iterator();
                corrections = Map.of();
            }
            if (behind.hasNext()) {
                return behind.next();
            }
            if (!open()) {
                return null;
            }
        }
    }

    private boolean open() throws IOException {
        if (!plain.isEmpty()) {
            openPlain();
            return true;
        }
        StoredDevice device = corrected.poll();
        if (device == null) {
            return false;
        }
        corrections = corrections(device);
        reader = query(List.of(device.path()));
        return true;
    }

    /**
     * Opens the queries one by one. The server refuses a group in which a measurement has several
     * types: then by halves.
     */
    private void openPlain() throws IOException {
        while (reader == null) {
            List<String> group = plain.remove();
            try {
                reader = tall ? TallRows.open(retries, group, columns, times) : query(group);
            } catch (UserException refused) {
                if (group.size() == 1) {
                    throw refused;
                }
                groups(group.subList(group.size() / 2, group.size())).forEach(plain::push);
                groups(group.subList(0, group.size() / 2)).forEach(plain::push);
            }
        }
    }

    private List<List<String>> groups(List<String> devices) {
        return tall ? TallGroups.of(devices, columns.get(0).name()) : DeviceGroups.of(devices);
    }

    /** Reads a marked row. A row's mark is with its first value. */
    private TargetRow marked(TargetRow correction, TargetRow first) {
        if (marks) {
            int last = columns.size() - 1;
            correction.values()[last] = first.values()[last];
        }
        return correction;
    }

    private Map<Long, TargetRow> corrections(StoredDevice device) throws IOException {
        Device own = Device.of(device.path());
        Map<Long, TargetRow> highest = new TreeMap<>();
        for (String version : device.versions()) {
            try (PointReader of = query(List.of(version))) {
                for (TargetRow row = of.next(); row != null; row = of.next()) {
                    highest.put(row.time(), new TargetRow(own, row.time(), row.values()));
                }
            }
        }
        return highest;
    }

    private PointReader query(List<String> devices) throws IOException {
        return PointReader.open(retries, devices, columns, times);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
