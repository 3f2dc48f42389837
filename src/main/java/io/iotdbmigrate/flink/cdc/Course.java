package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ChangePosition;
import java.time.Duration;
import java.time.Instant;

/**
 * The course of a replication, cut into stretches of a minute or so, of which notes are taken. The
 * first one ends with the first checkpoint, so that a restart is noted soon. For the task's thread
 * alone.
 */
final class Course {
    private static final Duration STRETCH = Duration.ofMinutes(1);

    private final Notes notes;
    private Instant since;
    private Instant due;
    private long rowsBefore;
    private long rows;
    private long longestMillis;

    /**
     * A stretch that has ended.
     *
     * @param events row events that became durable in it
     * @param longestMillis how long a change waited at most for that
     * @param applied how far the replication is at its end
     */
    record Stretch(
            Instant since,
            Instant until,
            long events,
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
        this.rows = rows;
        rowsBefore = rows;
        since = begun;
        due = begun;
    }

    /** Notes what has become durable by a checkpoint. */
    void applied(ChangeProgress applied, Instant now) {
        ChangePosition last = applied.position();
        if (applied.rows() > rows && last != null && last.atMillis() > 0) {
            longestMillis = Math.max(longestMillis, now.toEpochMilli() - last.atMillis());
        }
        rows = applied.rows();
        if (!now.isBefore(due)
                && notes.take(new Stretch(since, now, rows - rowsBefore, longestMillis, applied))) {
            since = now;
            due = now.plus(STRETCH);
            rowsBefore = rows;
            longestMillis = 0;
        }
    }
}
