package io.iotdbmigrate.cutover;

/**
 * A listener that watches a cutover. Called by the thread that runs it, remarks also by those of
 * the steps.
 */
public interface CutoverListener {

    /** Tells the state; called many times a second, changed or not: time goes on. */
    void progress(CutoverState state);

    /** Tells a sentence for people. */
    void note(String sentence);
}
