package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TimePrecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of slices of time, all of one width, from the first time to the last. In the server's unit;
 * a distance of two times is an unsigned number, for they may be as far apart as there are.
 *
 * @param start of the first slice
 * @param width of a slice
 * @param count at least 1
 */
record TimeSlices(long start, long width, int count) {
    private static final int MOST = 48;

    /** Widths that a person reads easily. */
    private static final List<Duration> ROUND =
            Stream.of(
                            "PT0.001S PT0.01S PT0.1S PT1S PT5S PT15S PT1M PT5M PT15M PT1H PT3H PT6H"
                                    + " PT12H P1D P2D P7D P14D P28D P91D P182D P365D P3650D")
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .map(Duration::parse)
                    .toList();

    static TimeSlices of(long first, long last, TimePrecision precision) {
        for (Duration round : ROUND) {
            long width = precision.fromMicros(round.toMillis() * 1_000);
            boolean aligns = width > 0 && first >= Long.MIN_VALUE + width;
            long start = aligns ? Math.floorDiv(first, width) * width : first;
            if (width > 0 && Long.compareUnsigned(last - start, width * MOST) < 0) {
                return new TimeSlices(start, width, slices(last - start, width));
            }
        }
        long width = Long.divideUnsigned(last - first, MOST) + 1;
        return new TimeSlices(first, width, slices(last - first, width));
    }

    private static int slices(long distance, long width) {
        return (int) Long.divideUnsigned(distance, width) + 1;
    }

    int of(long time) {
        return (int) Long.divideUnsigned(time - start, width);
    }

    List<Instant> starts(TimePrecision precision) {
        return IntStream.range(0, count)
                .mapToObj(i -> precision.instant(start + i * width))
                .toList();
    }

    Instant end(TimePrecision precision) {
        long lastStart = start + (count - 1) * width;
        boolean beyond = Long.compareUnsigned(Long.MAX_VALUE - lastStart, width) < 0;
        return precision.instant(beyond ? Long.MAX_VALUE : lastStart + width);
    }
}
