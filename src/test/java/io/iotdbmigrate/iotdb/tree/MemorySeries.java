package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Points in memory that can be asked for and deleted, as IoTDB does it; counts requests. */
final class MemorySeries implements SeriesPoints {
    private final Map<Device, TreeMap<Long, Set<String>>> points =
            new TreeMap<>(Comparator.comparing(Device::path));
    private int deletions;
    private int paths;
    private int questions;

    void put(Device device, long time, String... series) {
        points.computeIfAbsent(device, d -> new TreeMap<>())
                .computeIfAbsent(time, t -> new TreeSet<>())
                .addAll(List.of(series));
    }

    /** All points: {@code device time series}. */
    Set<String> contents() {
        Set<String> contents = new HashSet<>();
        points.forEach(
                (device, times) ->
                        times.forEach(
                                (time, series) ->
                                        series.forEach(
                                                s ->
                                                        contents.add(
                                                                device.path()
                                                                        + " "
                                                                        + time
                                                                        + " "
                                                                        + s))));
        return contents;
    }

    int deletions() {
        return deletions;
    }

    /** Named in all deletions. */
    int paths() {
        return paths;
    }

    /** For times. */
    int questions() {
        return questions;
    }

    private static Set<String> names(TableMapping mapping, List<Integer> measurements) {
        return measurements.stream()
                .map(m -> mapping.measurements().get(m).name())
                .collect(Collectors.toSet());
    }

    @Override
    public void delete(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to) {
        Set<String> names = names(mapping, measurements);
        deletions += devices.isEmpty() ? 0 : 1;
        paths += devices.size() * names.size();
        for (Device device : devices) {
            within(device, from, to).forEach(series -> series.removeAll(names));
        }
    }

    @Override
    public void deleteAll(List<Device> devices, long from, long to) throws IOException {
        deletions += devices.isEmpty() ? 0 : 1;
        paths += devices.size();
        devices.forEach(device -> within(device, from, to).forEach(Set::clear));
    }

    private Collection<Set<String>> within(Device device, long from, long to) {
        return points.getOrDefault(device, new TreeMap<>()).subMap(from, true, to, true).values();
    }

    @Override
    public Set<Device> devicesWithOnlyMappedSeries(
            TableMapping mapping, Collection<Device> devices) {
        Set<String> own =
                mapping.measurements().stream()
                        .map(TableMapping.Measurement::name)
                        .collect(Collectors.toSet());
        return devices.stream()
                .filter(
                        device ->
                                points.getOrDefault(device, new TreeMap<>()).values().stream()
                                        .allMatch(own::containsAll))
                .collect(Collectors.toSet());
    }

    @Override
    public Map<Device, KnownTimes> times(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to,
            int limit) {
        questions++;
        Set<String> names = names(mapping, measurements);
        Map<Device, KnownTimes> known = new HashMap<>();
        int left = limit;
        for (Device device : points.keySet()) {
            if (!devices.contains(device) || left == 0) {
                continue;
            }
            List<Long> times = new ArrayList<>();
            for (var entry : points.get(device).subMap(from, true, to, true).entrySet()) {
                if (left > 0 && entry.getValue().stream().anyMatch(names::contains)) {
                    times.add(entry.getKey());
                    left--;
                }
            }
            if (left > 0 || !times.isEmpty()) {
                known.put(
                        device,
                        new KnownTimes(
                                times.stream().mapToLong(Long::longValue).toArray(),
                                left > 0 ? to : times.get(times.size() - 1)));
            }
        }
        if (left > 0) {
            devices.forEach(d -> known.putIfAbsent(d, new KnownTimes(new long[0], to)));
        }
        return known;
    }
}
