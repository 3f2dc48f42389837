package io.iotdbmigrate.cli.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.DifferenceMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatMapTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Pattern TICK =
            Pattern.compile("<text[^>]* x=\"([0-9.]+)%\"[^>]*>([^<]+)</text>");

    private static String map(int rows, int slices, Duration slice) {
        List<Instant> starts =
                IntStream.range(0, slices)
                        .mapToObj(i -> BEGIN.plus(slice.multipliedBy(i)))
                        .toList();
        DifferenceMap map =
                new DifferenceMap(
                        "t",
                        TimePrecision.MS,
                        starts,
                        BEGIN.plus(slice.multipliedBy(slices)),
                        Collections.nCopies(
                                rows,
                                new DifferenceMap.Row(
                                        "root.d",
                                        "root.d",
                                        1,
                                        List.of(new DifferenceMap.Cell(0, 1, 0, 0)))));
        return new HeatMap(map).content("map-1").render();
    }

    private static List<Double> ticks(int slices, Duration slice) {
        Matcher tick = TICK.matcher(map(1, slices, slice));
        List<Double> places = new ArrayList<>();
        while (tick.find()) {
            places.add(Double.parseDouble(tick.group(1)));
        }
        return places;
    }

    /** A day takes some 70 dots of 600, a time 112; the first one is to the right of its place. */
    @ParameterizedTest
    @CsvSource({"24, 25", "1, 50"})
    void ticksAreEvenAndLeaveRoomForTheirTimes(int hours, double leastGap) {
        for (int slices = 1; slices <= 48; slices++) {
            List<Double> places = ticks(slices, Duration.ofHours(hours));
            assertThat(places).as("%d slices", slices).hasSizeGreaterThan(1).startsWith(0.0);
            assertThat(places.get(places.size() - 1))
                    .isBetween(hours == 24 ? 100.0 - places.get(1) : 100.0, 100.0);
            for (int i = 1; i < places.size(); i++) {
                assertThat(places.get(i) - places.get(i - 1))
                        .as("%d slices, tick %d", slices, i)
                        .isGreaterThan(leastGap - 0.1)
                        .isCloseTo(places.get(1), within(0.11));
            }
        }
    }

    /** Else it begins on a sheet of its own, and most of the one before is blank. */
    @Test
    void aLongMapMayBePartedOnPaper() {
        assertThat(map(40, 6, Duration.ofHours(1))).contains("class=\"lanes long\"");
        assertThat(map(9, 6, Duration.ofHours(1))).contains("class=\"lanes\"");
    }
}
