package io.iotdbmigrate.model;

import java.time.Instant;
import java.util.Locale;

/** The unit of IoTDB's timestamps: the server's, fixed at its first start. */
public enum TimePrecision {
    MS,
    US,
    NS;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Finds one as the server names it: {@code ms}, {@code us} or {@code ns}. */
    public static TimePrecision of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns microseconds in this unit; what is finer than the unit is cut off towards the past.
     *
     * @throws ArithmeticException if the unit cannot hold it (nanoseconds end in the year 2262)
     */
    public long fromMicros(long micros) {
        return switch (this) {
            case MS -> Math.floorDiv(micros, 1000L);
            case US -> micros;
            case NS -> Math.multiplyExact(micros, 1000L);
        };
    }

    /** Returns a time of this unit; beyond what an instant can hold, the nearest second it can. */
    public Instant instant(long time) {
        long perSecond =
                switch (this) {
                    case MS -> 1_000L;
                    case US -> 1_000_000L;
                    case NS -> NANOS_PER_SECOND;
                };
        long seconds =
                Math.max(
                        Instant.MIN.getEpochSecond(),
                        Math.min(Instant.MAX.getEpochSecond(), Math.floorDiv(time, perSecond)));
        return Instant.ofEpochSecond(
                seconds, Math.floorMod(time, perSecond) * (NANOS_PER_SECOND / perSecond));
    }

    /**
     * Returns the largest time that IoTDB takes. It refuses numbers of more digits than one of the
     * year 2286 has.
     */
    public long largestTime() {
        return switch (this) {
            case MS -> 10_000_000_000_000L;
            case US -> 10_000_000_000_000_000L;
            case NS -> Long.MAX_VALUE;
        };
    }

    /** Returns how many fraction digits of a second that fit. */
    public int fractionDigits() {
        return switch (this) {
            case MS -> 3;
            case US -> 6;
            case NS -> 9;
        };
    }
}
