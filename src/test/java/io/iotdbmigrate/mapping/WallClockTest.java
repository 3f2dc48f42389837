package io.iotdbmigrate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** java.time itself is the reference. */
class WallClockTest {
    private static final long MICROS = 1_000_000L;
    private static final long FIRST =
            LocalDateTime.of(1900, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long LAST =
            LocalDateTime.of(2100, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);

    private static long reference(ZoneId zone, long localMicros) {
        long seconds = Math.floorDiv(localMicros, MICROS);
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        return local.atZone(zone).toEpochSecond() * MICROS + Math.floorMod(localMicros, MICROS);
    }

    /** Random times, and times around every change of clocks to the microsecond. */
    private static List<Long> times(ZoneId zone, int count, Random random) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(random.nextLong(FIRST, LAST) * MICROS + random.nextLong(MICROS));
        }
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(java.time.Instant.ofEpochSecond(FIRST));
        while (change != null && change.toEpochSecond() < LAST) {
            for (ZoneOffset offset : List.of(change.getOffsetBefore(), change.getOffsetAfter())) {
                long local = (change.toEpochSecond() + offset.getTotalSeconds()) * MICROS;
                for (long hours : new long[] {-49, -25, -24, -2, -1, 0, 1, 2, 24, 25, 49}) {
                    long near = local + hours * 3_600 * MICROS;
                    Collections.addAll(times, near - 1, near, near + 1, near + MICROS - 1);
                }
                times.add(local + 1_800 * MICROS);
                times.add(local - 1_800 * MICROS);
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "+08:00",
                "Asia/Hong_Kong",
                "Europe/Berlin",
                "Europe/London",
                "Europe/Dublin",
                "America/New_York",
                "America/Sao_Paulo",
                "America/St_Johns",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Pacific/Kwajalein",
                "Africa/Casablanca",
                "Africa/Monrovia",
                "Asia/Kathmandu",
                "Asia/Pyongyang"
            })
    void agreesWithJavaTimeInWhateverOrder(String id) {
        ZoneId zone = ZoneId.of(id);
        Random random = new Random(id.hashCode());
        List<Long> times = times(zone, 5_000, random);
        WallClock clock = new WallClock(zone);
        for (int round = 0; round < 3; round++) {
            switch (round) {
                case 0 -> Collections.sort(times);
                case 1 -> Collections.reverse(times);
                default -> Collections.shuffle(times, random);
            }
            assertAgrees(zone, clock, times);
        }
    }

    @Test
    void agreesInEveryZoneOfTheJvm() {
        Random random = new Random(7);
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            List<Long> times = times(zone, 100, random);
            Collections.shuffle(times, random);
            assertAgrees(zone, new WallClock(zone), times.subList(0, Math.min(500, times.size())));
        }
    }

    private static void assertAgrees(ZoneId zone, WallClock clock, List<Long> times) {
        for (long local : times) {
            long utc = clock.toUtcMicros(local);
            long expected = reference(zone, local);
            if (utc != expected) {
                assertThat(utc).as("%s %s", zone, local).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsAnHourThatOccursTwiceAsItsFirstOccurrence() {
        WallClock berlin = new WallClock(ZoneId.of("Europe/Berlin"));
        long half = micros(LocalDateTime.of(2024, 10, 27, 2, 30));
        assertThat(berlin.toUtcMicros(half))
                .isEqualTo(micros(LocalDateTime.of(2024, 10, 27, 0, 30)));
    }

    @Test
    void movesASkippedTimeOnByTheLengthOfTheGap() {
        WallClock berlin = new WallClock(ZoneId.of("Europe/Berlin"));
        long skipped = micros(LocalDateTime.of(2024, 3, 31, 2, 30));
        assertThat(berlin.toUtcMicros(skipped))
                .isEqualTo(micros(LocalDateTime.of(2024, 3, 31, 1, 30)));
    }

    @Test
    void takesMySqlsFirstAndLastDateTime() {
        for (String id : List.of("UTC", "Asia/Hong_Kong", "America/New_York")) {
            ZoneId zone = ZoneId.of(id);
            WallClock clock = new WallClock(zone);
            for (int year : new int[] {0, 1000, 9999}) {
                long local = micros(LocalDateTime.of(year, 12, 31, 23, 59, 59)) + 999_999;
                assertThat(clock.toUtcMicros(local)).isEqualTo(reference(zone, local));
            }
        }
    }

    private static long micros(LocalDateTime local) {
        return local.toEpochSecond(ZoneOffset.UTC) * MICROS;
    }
}
