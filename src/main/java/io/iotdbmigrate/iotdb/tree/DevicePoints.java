package io.iotdbmigrate.iotdb.tree;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.tree.SeriesPoints.KnownTimes;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** The questions to IoTDB what some devices have already. Not thread-safe. */
final class DevicePoints {
    /** Columns of an answer that is aligned by device. */
    private static final int TIME = 1;

    private static final int DEVICE = 2;
    private static final int FIRST_SERIES = 2;

    /** No series has an empty name. */
    private static final String SEVERAL_TYPES = "";

    private static final int REMEMBERED_DEVICES = 200_000;

    private final Retries retries;

    /** Devices that have series besides a mapping's. */
    private final Set<Device> shared = new HashSet<>();

    DevicePoints(Retries retries) {
        this.retries = retries;
    }

    /**
     * Returns them; see {@link SeriesPoints#devicesWithOnlyMappedSeries}; {@code own} are the
     * mapping's measurements.
     */
    Set<Device> devicesWithOnlyMappedSeries(Set<String> own, Collection<Device> devices)
            throws IOException {
        if (shared.size() > REMEMBERED_DEVICES) {
            shared.clear();
        }
        List<Device> unknown = devices.stream().filter(d -> !shared.contains(d)).toList();
        Set<Device> found = new HashSet<>();
        for (List<Device> group : DeviceGroups.of(unknown)) {
            addWithoutOthers(own, group, found);
        }
        return found;
    }

    private void addWithoutOthers(Set<String> own, List<Device> devices, Set<Device> found)
            throws IOException {
        if (own.containsAll(series(devices))) {
            found.addAll(devices);
        } else if (devices.size() == 1) {
            shared.addAll(devices);
        } else {
            int half = devices.size() / 2;
            addWithoutOthers(own, devices.subList(0, half), found);
            addWithoutOthers(own, devices.subList(half, devices.size()), found);
        }
    }

    /** Names of the series that any of these devices has. */
    private Set<String> series(List<Device> devices) throws IOException {
        // The columns of the answer, all series' whether they have points there or not.
        String query =
                "SELECT * FROM " + joined(devices) + " WHERE time = 0 LIMIT 1 ALIGN BY DEVICE";
        try {
            return retries.call(
                    session -> {
                        try (SessionDataSet answer = session.executeQueryStatement(query)) {
                            List<String> columns = answer.getColumnNames();
                            // Of devices without any series it has the time only.
                            return columns.stream()
                                    .skip(FIRST_SERIES)
                                    .map(PathNode::normal)
                                    .collect(Collectors.toUnmodifiableSet());
                        }
                    });
        } catch (StatementExecutionException e) {
            if (devices.size() == 1) {
                throw ServerAnswer.refusal(query, e);
            }
            // Series of one name but several types: no query can have both.
            return Set.of(SEVERAL_TYPES);
        }
    }

    /** Returns them; see {@link SeriesPoints#times}; {@code measurements} as path nodes. */
    Map<Device, KnownTimes> times(
            List<String> measurements, List<Device> devices, long from, long to, int limit)
            throws IOException {
        if (SeriesPath.isTall(measurements.get(0))) {
            return timesOfTall(measurements, devices, from, to, limit);
        }
        String query =
                "SELECT %s FROM %s WHERE time >= %d AND time <= %d LIMIT %d ALIGN BY DEVICE"
                        .formatted(
                                String.join(", ", measurements), joined(devices), from, to, limit);
        try {
            return retries.call(session -> times(session, query, devices, to, limit));
        } catch (StatementExecutionException e) {
            if (devices.size() == 1) {
                throw ServerAnswer.refusal(devices.get(0).path(), e);
            }
        }
        // Series of one name but several types: no query can have both.
        Map<Device, KnownTimes> known = new HashMap<>();
        for (Device device : devices) {
            known.putAll(times(measurements, List.of(device), from, to, limit));
        }
        return known;
    }

    /** Asks for each device by itself: its measurements have other names than those of the next. */
    private Map<Device, KnownTimes> timesOfTall(
            List<String> measurements, List<Device> devices, long from, long to, int limit)
            throws IOException {
        Map<Device, KnownTimes> known = new HashMap<>();
        int left = limit;
        for (Device device : devices) {
            if (left <= 0) {
                break;
            }
            Device holder = Device.of(SeriesPath.holder(device.path(), measurements.get(0)));
            List<String> names =
                    measurements.stream().map(m -> SeriesPath.node(device.path(), m)).toList();
            KnownTimes times = times(names, List.of(holder), from, to, left).get(holder);
            if (times != null) {
                known.put(device, times);
                left -= times.existing().length;
            }
        }
        return known;
    }

    private static Map<Device, KnownTimes> times(
            Session session, String query, List<Device> devices, long to, int limit)
            throws IoTDBConnectionException, StatementExecutionException {
        Map<String, LongStream.Builder> times = new HashMap<>();
        String written = "";
        String path = "";
        LongStream.Builder ofDevice = LongStream.builder();
        long last = to;
        int count = 0;
        try (SessionDataSet answer = session.executeQueryStatement(query)) {
            SessionDataSet.DataIterator rows = answer.iterator();
            while (rows.next()) {
                String next = rows.getString(DEVICE);
                if (!next.equals(written)) {
                    written = next;
                    path = TreePath.normal(next);
                    ofDevice = times.computeIfAbsent(path, p -> LongStream.builder());
                }
                last = rows.getLong(TIME);
                ofDevice.add(last);
                count++;
            }
        }
        Map<String, Device> byPath = new HashMap<>();
        devices.forEach(device -> byPath.put(device.path(), device));
        Map<Device, KnownTimes> known = new HashMap<>();
        if (count < limit) {
            devices.forEach(d -> known.put(d, new KnownTimes(new long[0], to)));
        }
        for (Map.Entry<String, LongStream.Builder> entry : times.entrySet()) {
            boolean cut = count >= limit && entry.getKey().equals(path);
            known.put(
                    requireNonNull(byPath.get(entry.getKey()), entry.getKey()),
                    new KnownTimes(entry.getValue().build().toArray(), cut ? last : to));
        }
        return known;
    }

    private static String joined(List<Device> devices) {
        return devices.stream().map(Device::path).collect(Collectors.joining(", "));
    }
}
