package io.iotdbmigrate.cutover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a step is.
 *
 * @param startedAt of its apply
 * @param endedAt of its apply
 * @param detail what it found or did, for people
 */
public record StepState(
        StepName name,
        Status status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String detail) {

    /** Begun and undoing may be half done: nobody knows. */
    public enum Status {
        WAITING,
        BEGUN,
        DONE,
        UNDOING,
        UNDONE
    }

    static StepState waiting(StepName name) {
        return new StepState(name, Status.WAITING, null, null, "");
    }

    StepState begun(Instant now) {
        return new StepState(name, Status.BEGUN, now, null, "");
    }

    StepState done(Instant now, String what) {
        return new StepState(name, Status.DONE, startedAt, now, what);
    }

    StepState failed(Instant now, String why) {
        return new StepState(name, status, startedAt, now, why);
    }

    StepState undoing() {
        return new StepState(name, Status.UNDOING, startedAt, endedAt, detail);
    }

    StepState undone() {
        return new StepState(name, Status.UNDONE, startedAt, endedAt, detail);
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
