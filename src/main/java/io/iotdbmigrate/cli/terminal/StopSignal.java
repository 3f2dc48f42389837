package io.iotdbmigrate.cli.terminal;

/** Whether a person, or whatever supervises this process, wants the job to stop. */
public interface StopSignal extends AutoCloseable {
    boolean requested();

    /**
     * Changes what a signal does: from now on a signal only asks: neither a second one nor time
     * ends the process, which has something to bring to its end.
     */
    default void onlyAsk() {}

    /** Gives signals back: signals end the process again as usual. */
    @Override
    void close();

    /** Returns one that never stops. */
    static StopSignal never() {
        return new StopSignal() {
            @Override
            public boolean requested() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
