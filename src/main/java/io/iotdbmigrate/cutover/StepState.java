package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a step is.
 *
 * @param startedAt of its apply
 * @param endedAt of its apply
 * @param detail what it found or did, for people; why it failed
 * @param failed whether its apply ended without success
 */
public record StepState(
        StepName name,
        Status status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String detail,
        boolean failed) {

    /** Begun and undoing may be half done: nobody knows. */
    public enum Status {
        WAITING,
        BEGUN,
        DONE,
        UNDOING,
        UNDONE
    }

    static StepState waiting(StepName name) {
        return new StepState(name, Status.WAITING, null, null, "", false);
    }

    StepState begun(Instant now) {
        return new StepState(name, Status.BEGUN, now, null, "", false);
    }

    StepState done(Instant now, String what) {
        return new StepState(name, Status.DONE, startedAt, now, what, false);
    }

    StepState failed(Instant now, String why) {
        return new StepState(name, status, startedAt, now, why, true);
    }

    StepState undoing() {
        return new StepState(name, Status.UNDOING, startedAt, endedAt, detail, failed);
    }

    StepState undone() {
        return new StepState(name, Status.UNDONE, startedAt, endedAt, detail, failed);
    }

    /** Tells whether there may be something to undo. */
    boolean needsUndo() {
        return status == Status.BEGUN || status == Status.DONE || status == Status.UNDOING;
    }

    /**
     * Returns how long its apply took.
     *
     * @param now for a step that has not ended
     */
    public Duration duration(Instant now) {
        if (startedAt == null) {
            return Duration.ZERO;
        }
        return Duration.between(startedAt, endedAt == null ? now : endedAt);
    }
}
