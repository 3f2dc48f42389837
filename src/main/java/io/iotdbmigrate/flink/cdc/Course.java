package io.iotdbmigrate.flink.cdc;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The course of a replication, cut into stretches of a minute or so, of which notes are taken. The
 * first one ends with the first checkpoint, so that a restart is noted soon. For the task's thread
 * alone.
 */
final class Course {
    private static final Duration STRETCH = Duration.ofMinutes(1);

    private final Notes notes;
    private final NavigableMap<Long, Long> oldest = new TreeMap<>();

    /** How many events had been read at each checkpoint that is not complete. */
    private final NavigableMap<Long, Long> eventsAt = new TreeMap<>();

    private @Nullable Long oldestNow;
    private @Nullable Stretch open;
    private Instant since;
    private Instant due;
    private long rowsBefore;
    private long events;
    private long durableEvents;
    private long mostWaiting;
    private long longestMillis;

    /**
     * A stretch that has ended.
     *
     * @param events changed rows that became durable in it
     * @param mostWaiting row events that were read and not durable yet, at most at once
     * @param longestMillis how long a change waited at most for that
     * @param applied how far the replication is at its end
     */
    record Stretch(
            Instant since,
            Instant until,
            long events,
            long mostWaiting,
            long longestMillis,
            ChangeProgress applied) {}

    /** Who takes notes. */
    interface Notes {
        /** Takes a note, or returns false, if the one before is still being written. */
        boolean take(Stretch stretch);
    }

    /**
     * @param rows that were durable when the job began, or began again
     */
    Course(Notes notes, long rows, Instant begun) {
        this.notes = notes;
        rowsBefore = rows;
        since = begun;
        due = begun;
    }

    /**
     * Hears of a change on its way to IoTDB.
     *
     * @param executedMillis when MySQL executed it, in milliseconds since 1970; 0 if that is not
     *     known
     * @param endsEvent whether it is the last row of its event in the binlog
     */
    void passed(long executedMillis, boolean endsEvent) {
        events += endsEvent ? 1 : 0;
        if (executedMillis > 0) {
            oldestNow = oldestNow == null ? executedMillis : Math.min(oldestNow, executedMillis);
        }
    }

    /** Hears of a checkpoint: when it is complete, what has passed is durable. */
    void snapshot(long checkpoint) {
        if (oldestNow != null) {
            oldest.put(checkpoint, oldestNow);
            oldestNow = null;
        }
        eventsAt.put(checkpoint, events);
    }

    /** Notes what has become durable by a checkpoint. */
    void applied(long checkpoint, ChangeProgress applied, Instant now) {
        NavigableMap<Long, Long> waited = oldest.headMap(checkpoint, true);
        for (long executed : waited.values()) {
            longestMillis = Math.max(longestMillis, now.toEpochMilli() - executed);
        }
        waited.clear();
        mostWaiting = Math.max(mostWaiting, events - durableEvents);
        NavigableMap<Long, Long> read = eventsAt.headMap(checkpoint, true);
        if (!read.isEmpty()) {
            durableEvents = read.lastEntry().getValue();
            read.clear();
        }
        open =
                new Stretch(
                        since,
                        now,
                        applied.rows() - rowsBefore,
                        mostWaiting,
                        longestMillis,
                        applied);
        if (!now.isBefore(due)) {
            note();
        }
    }

    /** Notes what is left of the last minute, for the job ends. */
    void ended() {
        note();
    }

    private void note() {
        Stretch stretch = open;
        if (stretch != null && notes.take(stretch)) {
            since = stretch.until();
            due = since.plus(STRETCH);
            rowsBefore = stretch.applied().rows();
            mostWaiting = 0;
            longestMillis = 0;
            open = null;
        }
    }
}
