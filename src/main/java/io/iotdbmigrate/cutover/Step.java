package io.iotdbmigrate.cutover;

import java.time.Duration;

/** One step of a cutover. Apply and undo run on threads of their own. */
interface Step {
    StepName name();

    /** Returns what it is going to do, for the plan. */
    String plan();

    /** Returns how long {@link #apply} may take. */
    Duration limit();

    /** Returns what to do about a limit that was too short. */
    default String tooLong() {
        return "try again when the servers are less busy";
    }

    /**
     * Does it. Answers to an interrupt.
     *
     * @return what was done or found, for people
     */
    String apply(Notes notes) throws Exception;

    /**
     * Makes it undone, whether apply succeeded, failed, was abandoned or died with its process.
     * Safe to repeat.
     */
    default void undo(Notes notes) throws Exception {}

    /**
     * Waits, once every step is undone, for what {@link #undo} has set going: writes need not stay
     * paused for it. Safe to repeat.
     */
    default void settle(Notes notes) throws Exception {}

    /** Tells whether what an earlier process has applied still stands. */
    default boolean holds(Notes notes) throws Exception {
        return true;
    }

    /** Tells whether a stop signal ends it, or is heard after it only. */
    default boolean stoppable() {
        return true;
    }

    /** Returns what a person must do if {@link #undo} fails. */
    default String byHand(Facts facts) {
        return "nothing";
    }
}
