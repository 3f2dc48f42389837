package io.iotdbmigrate.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.iotdb.DeleteRanges.Range;
import io.iotdbmigrate.iotdb.DeleteRanges.Run;
import io.iotdbmigrate.model.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeleteRangesTest {
    private static final Device A = Device.of("root.a");
    private static final Device B = Device.of("root.b");
    private static final Device C = Device.of("root.c");

    private static long[] times(long... times) {
        return times;
    }

    @Test
    void aRunEndsAtEachPointThatStays() {
        assertThat(DeleteRanges.runs(A, times(2, 3, 5, 9), times(1, 2, 3, 4, 5, 9), 0, 10))
                .containsExactly(new Run(A, 2, 2, 3, 2, 3), new Run(A, 2, 5, 9, 5, 10));
    }

    @Test
    void whatDoesNotExistNeedsNoDeletion() {
        assertThat(DeleteRanges.runs(A, times(2, 3, 4), times(3), 0, 10))
                .containsExactly(new Run(A, 1, 3, 3, 0, 10));
        assertThat(DeleteRanges.runs(A, times(2, 3, 4), times(), 0, 10)).isEmpty();
        assertThat(DeleteRanges.runs(A, times(2), times(1, 3), 0, 10)).isEmpty();
    }

    @Test
    void theEndsOfTimeAreTimesAsAnyOther() {
        assertThat(
                        DeleteRanges.runs(
                                A,
                                times(Long.MIN_VALUE, Long.MAX_VALUE),
                                times(Long.MIN_VALUE, 0, Long.MAX_VALUE),
                                Long.MIN_VALUE,
                                Long.MAX_VALUE))
                .containsExactly(
                        new Run(A, 1, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, -1),
                        new Run(A, 1, Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE));
    }

    @Test
    void runsThatLetEachOtherGrowShareARange() {
        Run a = new Run(A, 5, 10, 20, 0, 30);
        Run b = new Run(B, 7, 15, 25, 9, 26);
        assertThat(DeleteRanges.of(List.of(b, a)))
                .containsExactly(new Range(10, 25, List.of(a, b)));
        assertThat(DeleteRanges.of(List.of(b, a)).get(0).points()).isEqualTo(12);
    }

    @Test
    void aSurvivorOfOneDeviceKeepsAnotherOut() {
        Run a = new Run(A, 5, 10, 20, 0, 30);
        Run b = new Run(B, 7, 11, 25, 11, 26);
        Run c = new Run(C, 7, 12, 19, 5, 30);
        assertThat(DeleteRanges.of(List.of(a, b, c)))
                .containsExactly(new Range(10, 20, List.of(a, c)), new Range(11, 25, List.of(b)));
    }

    /** What a purge in the order of insertion comes to, cut off between two devices. */
    @Test
    void aPurgeTakesTwoRangesHoweverManyDevices() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Device device = Device.of("root.d" + i);
            boolean later = i % 2 == 0;
            long[] existing = LongStream.rangeClosed(0, 100).toArray();
            long[] condemned = LongStream.rangeClosed(0, later ? 100 : 99).toArray();
            runs.addAll(DeleteRanges.runs(device, condemned, existing, 0, 100));
        }
        assertThat(DeleteRanges.of(runs)).hasSize(2).allMatch(r -> r.devices().size() == 250);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCondemnedPointGoesAndNoOther(int seed) {
        Random random = new Random(seed);
        int devices = 1 + random.nextInt(12);
        int span = 1 + random.nextInt(60);
        double density = random.nextDouble();
        double share = seed % 3 == 0 ? random.nextDouble() : 0.9 + random.nextDouble() / 10;
        Map<Device, SortedSet<Long>> model = new HashMap<>();
        Map<Device, SortedSet<Long>> expected = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        for (int d = 0; d < devices; d++) {
            Device device = Device.of("root.d" + d);
            SortedSet<Long> points = new TreeSet<>();
            SortedSet<Long> condemned = new TreeSet<>();
            for (long time = -5; time < span + 5; time++) {
                boolean asked = time >= 0 && time < span;
                if (random.nextDouble() < density) {
                    points.add(time);
                }
                if (asked && random.nextDouble() < share) {
                    condemned.add(time);
                }
            }
            model.put(device, points);
            SortedSet<Long> stay = new TreeSet<>(points);
            stay.removeAll(condemned);
            expected.put(device, stay);
            runs.addAll(
                    DeleteRanges.runs(
                            device,
                            condemned.stream().mapToLong(Long::longValue).toArray(),
                            points.subSet(0L, (long) span).stream()
                                    .mapToLong(Long::longValue)
                                    .toArray(),
                            0,
                            span - 1));
        }

        List<Range> ranges = DeleteRanges.of(runs);
        for (Range range : ranges) {
            range.devices()
                    .forEach(d -> model.get(d).removeIf(t -> t >= range.from() && t <= range.to()));
        }

        assertThat(model).isEqualTo(expected);
        assertThat(ranges.stream().mapToInt(r -> r.runs().size()).sum()).isEqualTo(runs.size());
    }
}
