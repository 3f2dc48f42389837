package io.iotdbmigrate.cli.terminal;

import java.time.Duration;
import java.util.List;

/** Where progress is shown. Used by one thread. */
public interface ProgressArea extends AutoCloseable {

    /** Returns how often it is worth while to show something new. */
    Duration interval();

    /** Returns how many characters fit into a line. */
    default int columns() {
        return Integer.MAX_VALUE;
    }

    /** Tells whether lines that are shown now become visible. */
    default boolean isDue() {
        return true;
    }

    /** Shows the lines of now in place of those shown last. */
    void show(List<String> lines);

    /**
     * Shows the lines of now, of which there may be hundreds, in place of those shown last.
     *
     * @param together what to show instead where each line stays
     */
    default void show(List<String> lines, String together) {
        show(lines);
    }

    /** Prints a line that stays. */
    void print(String line);

    /** Leaves the lines shown last on the screen and ends. */
    @Override
    void close();
}
