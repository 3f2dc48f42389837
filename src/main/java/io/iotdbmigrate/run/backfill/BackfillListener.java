package io.iotdbmigrate.run.backfill;

import java.time.Duration;

/** Whoever shows a backfill to a person. Called on the thread that runs it. */
public interface BackfillListener {

    /** Tells the plan, before anything is written. */
    void planned(BackfillPlan plan);

    /**
     * Tells something a person wants to know: taken up where it was interrupted, restarted after a
     * failure. One line.
     */
    void note(String message);

    /** Tells how far it is, about as often as {@link #progressInterval} says, once there is any. */
    void progress(BackfillProgress progress);

    /**
     * Returns how often progress is of use: a job is asked for it no more often, which it would
     * feel.
     */
    Duration progressInterval();

    /**
     * Tells whether to stop; asked several times a second; true ends the run at its next
     * checkpoint.
     */
    boolean stopRequested();
}
