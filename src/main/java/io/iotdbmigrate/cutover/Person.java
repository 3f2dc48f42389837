package io.iotdbmigrate.cutover;

/** Who sits at the terminal. Thread-safe. */
public interface Person {

    /** Tells whether anyone can answer. */
    boolean isThere();

    /**
     * Asks and waits for the answer.
     *
     * @return whether it was yes; no where nobody can answer
     */
    boolean agrees(String question) throws InterruptedException;

    /** Says what this person must do or know. */
    void tell(String sentence);
}
