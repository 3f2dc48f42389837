package io.iotdbmigrate.iotdb.tree;

import static io.iotdbmigrate.mapping.Columns.column;
import static io.iotdbmigrate.mapping.Columns.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TimePrecision;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointClearingTest {
    private static final TableMapping MAPPING =
            new MappingBuilder("root.plant.{site}", "at")
                    .measurement("a")
                    .measurement("b")
                    .plan(
                            TimePrecision.MS,
                            column("site", "varchar(20)"),
                            column("at", "bigint"),
                            nullable("a", "int"),
                            nullable("b", "int"));
    private static final List<Integer> ROW = List.of(0, 1);
    private static final String OTHER = "other";

    private final MemorySeries points = new MemorySeries();
    private final Map<Device, long[]> condemned = new LinkedHashMap<>();

    private static Device device(int number) {
        return Device.of("root.plant.d" + number);
    }

    private void clear(List<Integer> measurements) throws IOException {
        new PointClearing(points).clear(MAPPING, measurements, condemned);
    }

    @Test
    void aPurgeOfManyDevicesIsOneQuestionAndOneDeletion() throws IOException {
        for (int d = 0; d < 100; d++) {
            for (int t = 0; t < 60; t++) {
                points.put(device(d), t, "a", "b");
            }
            condemned.put(device(d), LongStream.range(0, 50).toArray());
        }
        clear(ROW);
        assertThat(points.questions()).isEqualTo(1);
        assertThat(points.deletions()).isEqualTo(1);
        assertThat(points.paths()).isEqualTo(100);
        assertThat(points.contents()).hasSize(100 * 10 * 2);
    }

    @Test
    void aSingleRowIsOnePathWithoutAQuestion() throws IOException {
        points.put(device(0), 5, "a", "b");
        points.put(device(0), 6, "a");
        condemned.put(device(0), new long[] {5});
        clear(ROW);
        assertThat(points.questions()).isZero();
        assertThat(points.paths()).isEqualTo(1);
        assertThat(points.contents()).containsExactly("root.plant.d0 6 a");
    }

    @Test
    void pointsOfOneTimeGoTogether() throws IOException {
        for (int d = 0; d < 100; d++) {
            for (int t = 0; t < 10; t++) {
                points.put(device(d), t, "a");
            }
            condemned.put(device(d), new long[] {3, 5, 7});
        }
        clear(ROW);
        assertThat(points.questions()).isZero();
        assertThat(points.deletions()).isEqualTo(3);
        assertThat(points.contents()).hasSize(100 * 7);
    }

    /** What is left of a purge of devices that measure each at its own time. */
    @Test
    void fewPointsOfManyDevicesAreAskedForTogether() throws IOException {
        for (int d = 0; d < 100; d++) {
            points.put(device(d), d, "a");
            points.put(device(d), 1_000, "a");
            condemned.put(device(d), new long[] {d});
        }
        clear(ROW);
        assertThat(points.questions()).isEqualTo(1);
        assertThat(points.deletions()).isEqualTo(1);
        assertThat(points.contents()).hasSize(100);
    }

    @Test
    void afterAVainQuestionAboutManyDevicesTheirPointsGoWithoutOne() throws IOException {
        Map<Device, long[]> scattered = new LinkedHashMap<>();
        for (int d = 0; d < 60; d++) {
            for (int t = 0; t < 600; t++) {
                points.put(device(d), t, "a");
            }
            scattered.put(device(d), new long[] {d, d + 300});
        }
        PointClearing clearing = new PointClearing(points);
        clearing.clear(MAPPING, ROW, scattered);
        assertThat(points.questions()).isEqualTo(1);
        for (long[] times : scattered.values()) {
            Arrays.setAll(times, i -> times[i] + 100);
        }
        clearing.clear(MAPPING, ROW, scattered);
        assertThat(points.questions()).isEqualTo(1);
        assertThat(points.contents()).hasSize(60 * 596);
    }

    /** Rows that are deleted here and there have others between them, time and again. */
    @Test
    void afterAVainQuestionFewPointsGoWithoutOne() throws IOException {
        for (int t = 0; t < 10_000; t++) {
            points.put(device(0), t, "a");
        }
        PointClearing clearing = new PointClearing(points);
        for (int round = 0; round < 5; round++) {
            long first = round * 100L;
            long[] scattered = LongStream.range(0, 10).map(i -> first + 10 * i).toArray();
            clearing.clear(MAPPING, ROW, Map.of(device(0), scattered));
        }
        assertThat(points.questions()).isEqualTo(1);
        assertThat(points.paths()).isEqualTo(50);

        clearing.clear(MAPPING, ROW, Map.of(device(0), LongStream.range(500, 2_000).toArray()));
        assertThat(points.questions()).isEqualTo(2);
        assertThat(points.paths()).isEqualTo(51);
        assertThat(points.contents()).hasSize(10_000 - 50 - 1_500);

        clearing.clear(MAPPING, ROW, Map.of(device(0), LongStream.range(2_000, 2_050).toArray()));
        assertThat(points.questions()).isEqualTo(3);
        assertThat(points.paths()).isEqualTo(52);
    }

    @Test
    void otherSeriesOfADeviceKeepTheirPoints() throws IOException {
        for (int t = 0; t < 40; t++) {
            points.put(device(0), t, "a", "b", OTHER);
            points.put(device(1), t, "a", "b");
        }
        points.put(device(2), 1, "a", OTHER);
        condemned.put(device(0), LongStream.range(0, 40).toArray());
        condemned.put(device(1), LongStream.range(0, 40).toArray());
        condemned.put(device(2), new long[] {1});
        clear(ROW);
        assertThat(points.contents()).hasSize(41).allMatch(point -> point.endsWith(OTHER));
        assertThat(points.deletions()).isEqualTo(3);
    }

    @Test
    void oneMeasurementOfRowsThatStayIsDeletedByItself() throws IOException {
        for (int t = 0; t < 40; t++) {
            points.put(device(0), t, "a", "b");
        }
        condemned.put(device(0), LongStream.range(0, 40).toArray());
        clear(List.of(1));
        assertThat(points.contents()).hasSize(40).allMatch(point -> point.endsWith(" a"));
        assertThat(points.paths()).isEqualTo(1);
    }

    /** Reading all that lies between would take longer than the deletions. */
    @Test
    void aFewPointsAmongVeryManyAreDeletedOneByOne() throws IOException {
        for (int t = 0; t < 100_000; t++) {
            points.put(device(0), t, "a");
        }
        condemned.put(device(0), LongStream.range(0, 200).map(t -> t * 500).toArray());
        clear(ROW);
        assertThat(points.questions()).isEqualTo(1);
        assertThat(points.deletions()).isEqualTo(200);
        assertThat(points.contents()).hasSize(100_000 - 200);
    }

    @Test
    void denseRangesAmongVeryManyPointsAreFoundOneAfterTheOther() throws IOException {
        for (int t = 0; t < 10_000; t++) {
            points.put(device(0), t, "a");
        }
        condemned.put(
                device(0),
                LongStream.concat(LongStream.range(0, 300), LongStream.range(9_500, 9_800))
                        .toArray());
        clear(ROW);
        assertThat(points.deletions()).isEqualTo(2);
        assertThat(points.contents()).hasSize(10_000 - 600);
    }

    @Test
    void devicesWithOtherTimesAreAskedForByThemselves() throws IOException {
        for (int d = 0; d < 10; d++) {
            long start = d < 5 ? 0 : 1_000_000;
            for (long t = 0; t < 1_000_100; t += t == 99 ? 999_901 : 1) {
                points.put(device(d), t, "a");
            }
            condemned.put(device(d), LongStream.range(start, start + 50).toArray());
        }
        clear(ROW);
        assertThat(points.questions()).isEqualTo(2);
        assertThat(points.deletions()).isEqualTo(2);
        assertThat(points.contents()).hasSize(10 * 150);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCondemnedPointGoesAndNoOther(int seed) throws IOException {
        Random random = new Random(seed);
        Set<String> expected = new HashSet<>();
        boolean fleet = random.nextInt(5) == 0;
        int span = 1 + random.nextInt(fleet ? 100 : 600);
        double share = random.nextBoolean() ? random.nextDouble() : fleet ? 2.0 / span : 0.97;
        List<Integer> measurements = random.nextInt(3) == 0 ? List.of(random.nextInt(2)) : ROW;
        Set<String> going = new HashSet<>();
        measurements.forEach(m -> going.add(MAPPING.measurements().get(m).name()));
        for (int d = 0; d < (fleet ? 80 : 1 + random.nextInt(20)); d++) {
            Device device = device(d);
            boolean others = random.nextInt(5) == 0;
            int own = random.nextInt(4) == 0 ? 5 : span;
            LongStream.Builder times = LongStream.builder();
            boolean any = false;
            for (long time = -10; time < span + 10; time++) {
                boolean goes = time >= 0 && time < own && random.nextDouble() < share;
                if (goes) {
                    times.add(time);
                    any = true;
                }
                for (String series : others ? List.of("a", "b", OTHER) : List.of("a", "b")) {
                    if (random.nextDouble() < 0.7) {
                        points.put(device, time, series);
                        if (!goes || !going.contains(series)) {
                            expected.add(device.path() + " " + time + " " + series);
                        }
                    }
                }
            }
            if (any) {
                condemned.put(device, times.build().toArray());
            }
        }
        if (!condemned.isEmpty()) {
            clear(measurements);
        }
        assertThat(points.contents()).isEqualTo(expected);
    }
}
