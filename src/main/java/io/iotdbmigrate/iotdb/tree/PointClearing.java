package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeleteRanges;
import io.iotdbmigrate.iotdb.DeleteRanges.Range;
import io.iotdbmigrate.iotdb.DeleteRanges.Run;
import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A clearing that deletes points with few requests. A deletion costs IoTDB about 10 ms and 2 ms
 * more for each path that it names, be it of one point or of a range however many points it covers.
 * So whole rows go by {@code device.*} where the device has no other series, points of one time go
 * together, and times lying side by side become a range if no point that stays lies between them,
 * one for many devices where that is so on all of them.
 */
final class PointClearing {
    /** From so many points of a device on, asking for their neighbours is cheaper. */
    private static final int WORTH_ASKING = 4;

    /** From so many points on, asking for their neighbours is cheaper for a device by itself. */
    private static final int WORTH_ASKING_ALONE = 100;

    /** Devices with fewer points each are asked for together from so many different times on. */
    private static final int WORTH_ASKING_TOGETHER = 50;

    private static final int WORTH_A_RANGE = 25;

    /** From so many points on, asking for their neighbours is cheaper even if it was not lately. */
    private static final int WORTH_ASKING_AGAIN = 1_000;

    /** What a deletion costs besides its paths, as if it had so many more of them. */
    private static final int CALL_PATHS = 5;

    /**
     * After questions that did not even halve what the deletions cost, fewer points are deleted
     * without one so many times: rows that go here and there have others between them, and a
     * question takes the server as long as tens of deletions.
     */
    private static final int UNASKED = 20;

    private final SeriesPoints series;

    /** How many more times few points are deleted without a question. */
    private int unasked;

    PointClearing(SeriesPoints series) {
        this.series = series;
    }

    /**
     * Deletes the points of these measurements.
     *
     * @param condemned times of each device: ascending, each once, at least one
     */
    void clear(TableMapping mapping, List<Integer> measurements, Map<Device, long[]> condemned)
            throws IOException {
        boolean rows = measurements.size() == mapping.measurements().size();
        Clearing clearing =
                new Clearing(
                        mapping,
                        measurements,
                        rows
                                ? series.devicesWithOnlyMappedSeries(mapping, condemned.keySet())
                                : Set.of());
        List<Condemned> many = new ArrayList<>();
        List<Condemned> few = new ArrayList<>();
        for (Map.Entry<Device, long[]> entry : condemned.entrySet()) {
            Condemned points = new Condemned(entry.getKey(), entry.getValue());
            (points.times().length >= WORTH_ASKING ? many : few).add(points);
        }
        List<List<Condemned>> groups = new ArrayList<>(alike(many));
        if (differentTimes(few) >= WORTH_ASKING_TOGETHER) {
            groups.addAll(DeviceGroups.of(few));
        } else {
            clearing.singly(few);
        }
        if (!groups.isEmpty()) {
            clear(clearing, groups);
        }
    }

    private void clear(Clearing clearing, List<List<Condemned>> groups) throws IOException {
        List<Condemned> all = groups.stream().flatMap(List::stream).toList();
        int points = all.stream().mapToInt(c -> c.times().length).sum();
        if (unasked > 0 && points < WORTH_ASKING_AGAIN) {
            unasked--;
            clearing.singly(all);
            return;
        }
        int before = clearing.cost;
        for (List<Condemned> group : groups) {
            clearing.inRanges(group);
        }
        int unaskedCost = points + CALL_PATHS * differentTimes(all);
        unasked = 2 * (clearing.cost - before) > unaskedCost ? UNASKED : 0;
    }

    private static int differentTimes(List<Condemned> all) {
        return (int)
                all.stream()
                        .flatMapToLong(points -> LongStream.of(points.times()))
                        .sorted()
                        .distinct()
                        .count();
    }

    /** What is to go from a device. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Condemned(Device device, long[] times) {
        long first() {
            return times[0];
        }

        long last() {
            return times[times.length - 1];
        }

        double span() {
            return (double) last() - first() + 1;
        }
    }

    /** Groups devices whose points cover about the same time, so that one question serves all. */
    private static List<List<Condemned>> alike(List<Condemned> all) {
        all.sort(Comparator.comparingLong(Condemned::first).thenComparingLong(Condemned::last));
        List<List<Condemned>> groups = new ArrayList<>();
        List<Condemned> group = new ArrayList<>();
        double shortest = 0;
        double first = 0;
        double last = 0;
        for (Condemned next : all) {
            shortest = Math.min(shortest, next.span());
            last = Math.max(last, (double) next.last());
            if (group.size() == DeviceGroups.MOST || last - first + 1 > 2 * shortest) {
                if (!group.isEmpty()) {
                    groups.add(group);
                }
                group = new ArrayList<>();
                shortest = next.span();
                first = (double) next.first();
                last = (double) next.last();
            }
            group.add(next);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** The deletion of the same measurements on several devices. */
    private final class Clearing {
        private final TableMapping mapping;
        private final List<Integer> measurements;
        private final Set<Device> devicesWithOnlyMappedSeries;

        /** In paths. */
        private int cost;

        Clearing(
                TableMapping mapping,
                List<Integer> measurements,
                Set<Device> devicesWithOnlyMappedSeries) {
            this.mapping = mapping;
            this.measurements = measurements;
            this.devicesWithOnlyMappedSeries = devicesWithOnlyMappedSeries;
        }

        /** Clears points of one time together, without a question. */
        void singly(List<Condemned> all) throws IOException {
            SortedMap<Long, List<Device>> byTime = new TreeMap<>();
            for (Condemned points : all) {
                for (long time : points.times()) {
                    byTime.computeIfAbsent(time, t -> new ArrayList<>()).add(points.device());
                }
            }
            for (Map.Entry<Long, List<Device>> single : byTime.entrySet()) {
                delete(single.getValue(), single.getKey(), single.getKey());
            }
        }

        void inRanges(List<Condemned> group) throws IOException {
            long from = group.stream().mapToLong(Condemned::first).min().orElseThrow();
            long to = group.stream().mapToLong(Condemned::last).max().orElseThrow();
            int limit = group.stream().mapToInt(c -> 2 * c.times().length + WORTH_A_RANGE).sum();
            Map<Device, SeriesPoints.KnownTimes> known =
                    series.times(
                            mapping,
                            group.stream().map(Condemned::device).toList(),
                            measurements,
                            from,
                            to,
                            limit);
            List<Run> runs = new ArrayList<>();
            List<Condemned> unknown = new ArrayList<>();
            for (Condemned points : group) {
                SeriesPoints.KnownTimes times = known.get(points.device());
                if (times == null) {
                    unknown.add(points);
                    continue;
                }
                runs.addAll(
                        DeleteRanges.runs(
                                points.device(),
                                points.times(),
                                times.existing(),
                                from,
                                times.until()));
                long[] rest = behind(points.times(), times.until());
                if (rest.length > 0) {
                    unknown.add(new Condemned(points.device(), rest));
                }
            }
            boolean dense = clear(runs);
            List<Condemned> scattered = new ArrayList<>();
            for (Condemned rest : unknown) {
                if (rest.times().length >= WORTH_ASKING_ALONE && (dense || group.size() > 1)) {
                    inRanges(List.of(rest));
                } else {
                    scattered.add(rest);
                }
            }
            singly(scattered);
        }

        private static long[] behind(long[] times, long until) {
            int found = Arrays.binarySearch(times, until);
            return Arrays.copyOfRange(times, found >= 0 ? found + 1 : -found - 1, times.length);
        }

        /** Returns whether any range was worth the question. */
        private boolean clear(List<Run> runs) throws IOException {
            boolean worth = false;
            for (Range range : DeleteRanges.of(runs)) {
                delete(range.devices(), range.from(), range.to());
                worth |= range.points() >= WORTH_A_RANGE;
            }
            return worth;
        }

        private void delete(List<Device> devices, long from, long to) throws IOException {
            cost += CALL_PATHS + devices.size();
            List<Device> all = new ArrayList<>();
            List<Device> some = new ArrayList<>();
            for (Device device : devices) {
                (devicesWithOnlyMappedSeries.contains(device) ? all : some).add(device);
            }
            series.deleteAll(all, from, to);
            series.delete(mapping, some, measurements, from, to);
        }
    }
}
