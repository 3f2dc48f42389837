package io.iotdbmigrate.cli.terminal;

/** Whether a person, or whatever supervises this process, wants the job to stop. */
public interface StopSignal extends AutoCloseable {
    boolean requested();

    /** Signals end the process again as usual. */
    @Override
    void close();

    /** Never stops. */
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
