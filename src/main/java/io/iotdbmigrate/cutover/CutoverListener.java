package io.iotdbmigrate.cutover;

/** Watches a cutover. Called by the thread that runs it, remarks also by those of the steps. */
public interface CutoverListener {

    /** Called many times a second, changed or not: time goes on. */
    void progress(CutoverState state);

    /** A sentence for people. */
    void note(String sentence);
}
