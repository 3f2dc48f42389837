package io.iotdbmigrate.flink.launch;

/** Whoever shows a backfill to a person. Called on the thread that runs it. */
public interface BackfillListener {

    /** Before anything is written. */
    void planned(BackfillPlan plan);

    /**
     * Something a person wants to know: taken up where it was interrupted, restarted after a
     * failure. One line.
     */
    void note(String message);

    /** About once a second. */
    void progress(BackfillProgress progress);

    /** Asked several times a second; true ends the run at its next checkpoint. */
    boolean stopRequested();
}
