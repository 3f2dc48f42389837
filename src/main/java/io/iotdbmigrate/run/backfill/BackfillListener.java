package io.iotdbmigrate.run.backfill;

import java.time.Duration;

/** Whoever shows a backfill to a person. Called on the thread that runs it. */
public interface BackfillListener {

    /** Before anything is written. */
    void planned(BackfillPlan plan);

    /**
     * Something a person wants to know: taken up where it was interrupted, restarted after a
     * failure. One line.
     */
    void note(String message);

    /** About as often as {@link #progressInterval} says, once there is any. */
    void progress(BackfillProgress progress);

    /** How often progress is of use: a job is asked for it no more often, which it would feel. */
    Duration progressInterval();

    /** Asked several times a second; true ends the run at its next checkpoint. */
    boolean stopRequested();
}
