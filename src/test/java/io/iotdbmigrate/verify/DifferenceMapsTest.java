package io.iotdbmigrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.DifferenceMap.Cell;
import io.iotdbmigrate.verify.DifferenceMap.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceMapsTest {
    private static final long HOUR = 3_600_000L;

    private static List<DifferenceMap> maps(
            TimePrecision precision, int mostDevices, List<Difference> all) {
        DifferenceMaps maps = new DifferenceMaps(precision, mostDevices);
        all.forEach(maps::measure);
        all.forEach(maps::add);
        return maps.of(List.of("one", "two"));
    }

    private static Difference missing(int table, String device, long time) {
        return new Difference.Missing(new RowKey(table, device, time), List.of());
    }

    private static Difference extra(int table, String device, long time) {
        return new Difference.Extra(new RowKey(table, device, time), List.of());
    }

    private static Difference changed(int table, String device, long time) {
        return new Difference.Changed(new RowKey(table, device, time), List.of());
    }

    @Test
    void countsByDeviceAndTime() {
        List<DifferenceMap> maps =
                maps(
                        TimePrecision.MS,
                        10,
                        List.of(
                                missing(1, "b", 5),
                                changed(1, "a", 47 * HOUR),
                                extra(1, "b", 47 * HOUR - 1),
                                missing(1, "b", 7)));
        assertThat(maps).hasSize(1);
        DifferenceMap map = maps.get(0);
        assertThat(map.table()).isEqualTo("two");
        assertThat(map.starts()).hasSize(48).startsWith(Instant.EPOCH);
        assertThat(map.end()).isEqualTo(Instant.ofEpochMilli(48 * HOUR));
        assertThat(map.rows())
                .containsExactly(
                        new Row("a", "a", 1, List.of(new Cell(47, 0, 0, 1))),
                        new Row("b", "b", 1, List.of(new Cell(0, 2, 0, 0), new Cell(46, 0, 1, 0))));
    }

    @Test
    void manyDevicesAreGroupsAndNoneIsLost() {
        List<Difference> all = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            all.add(missing(0, "d%04d".formatted(i), i));
        }
        DifferenceMap map = maps(TimePrecision.US, 1_000, all).get(0);
        assertThat(map.rows()).hasSize(41);
        assertThat(map.rows().get(1))
                .extracting(Row::first, Row::last, Row::devices)
                .containsExactly("d0025", "d0049", 25L);
        assertThat(map.rows().get(40).first()).isEmpty();
        assertThat(
                        map.rows().stream()
                                .flatMap(r -> r.cells().stream())
                                .mapToLong(Cell::count)
                                .sum())
                .isEqualTo(1_001);
    }

    @Test
    void timesMayBeAsFarApartAsThereAre() {
        for (TimePrecision precision : TimePrecision.values()) {
            DifferenceMap map =
                    maps(
                                    precision,
                                    10,
                                    List.of(
                                            extra(0, "a", Long.MIN_VALUE),
                                            extra(0, "a", 0),
                                            extra(0, "a", Long.MAX_VALUE)))
                            .get(0);
            assertThat(map.starts()).hasSizeBetween(2, 48).isSorted();
            assertThat(map.end()).isAfter(map.starts().get(map.starts().size() - 1));
            assertThat(map.rows().get(0).cells()).extracting(Cell::count).containsOnly(1L);
        }
    }

    @Test
    void oneTimeIsOneSlice() {
        DifferenceMap map = maps(TimePrecision.NS, 10, List.of(missing(0, "a", -1))).get(0);
        assertThat(map.starts()).hasSize(1);
        assertThat(Duration.between(map.starts().get(0), map.end()))
                .isEqualTo(Duration.ofMillis(1));
    }
}
