package io.iotdbmigrate.mapping;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A clock that places wall-clock microseconds (MySQL's DATETIME) on the time line, by the rules of
 * java.time: in an hour that occurs twice the earlier one is meant, a time that a change of clocks
 * skips is moved on by the length of the gap. Remembers the stretch between two changes it last
 * worked in; not thread-safe.
 */
final class WallClock {
    private static final long MICROS = 1_000_000L;
    private static final long DAY_MICROS = 86_400L * MICROS;

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private long offsetMicros;

    WallClock(ZoneId zone) {
        rules = zone.getRules();
        if (rules.isFixedOffset()) {
            from = Long.MIN_VALUE;
            until = Long.MAX_VALUE;
            offsetMicros = rules.getOffset(Instant.EPOCH).getTotalSeconds() * MICROS;
        }
    }

    /** Returns the microseconds since the epoch of that wall-clock time. */
    long toUtcMicros(long localMicros) {
        if (localMicros >= from && localMicros < until) {
            return localMicros - offsetMicros;
        }
        return lookUp(localMicros);
    }

    private long lookUp(long localMicros) {
        long seconds = Math.floorDiv(localMicros, MICROS);
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        ZoneOffsetTransition change = rules.getTransition(local);
        ZoneOffset offset = change != null ? change.getOffsetBefore() : rules.getOffset(local);
        long micros = offset.getTotalSeconds() * MICROS;
        Instant instant = Instant.ofEpochSecond(seconds - offset.getTotalSeconds());
        if (change == null) {
            remember(instant, micros);
        }
        return localMicros - micros;
    }

    /**
     * Keeps the offset for a stretch of time. A day of distance to the changes on both sides keeps
     * gaps and overlaps out of the remembered stretch.
     */
    private void remember(Instant instant, long micros) {
        ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        offsetMicros = micros;
        from = last == null ? Long.MIN_VALUE : last.toEpochSecond() * MICROS + micros + DAY_MICROS;
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond() * MICROS + micros - DAY_MICROS;
    }
}
