package io.iotdbmigrate.verify;

/** Whoever shows a comparison to a person. Called on the thread that runs it. */
public interface VerifyListener {

    /**
     * Tells the plan, before anything is read.
     *
     * @param tables how many
     * @param estimatedRows MySQL's estimate of all their rows
     */
    void planned(int tables, long estimatedRows);

    /** Tells something a person wants to know; one line. */
    void note(String message);

    /** Tells how far it is, about once a second. */
    void progress(VerifyProgress progress);

    /**
     * Asks the person whether a repair that takes much away may go on.
     *
     * @return false also if nobody is there
     */
    boolean agrees(String question);

    /** Tells whether to stop; asked several times a second; true ends the run. */
    boolean stopRequested();
}
