package io.iotdbmigrate.iotdb;

import java.io.IOException;

/**
 * The memory of writes that the server has acknowledged and not yet made durable. Not thread-safe.
 */
public final class UnflushedWrites {
    private static final long NONE = -1;

    private final Retries retries;

    /** Losses of the connection when the first write since the last flush began. */
    private long lossesBefore = NONE;

    public UnflushedWrites(Retries retries) {
        this.retries = retries;
    }

    /** Notes that a write begins. */
    public void begin() {
        if (lossesBefore == NONE) {
            lossesBefore = retries.losses();
        }
    }

    /**
     * Notes that the server has flushed.
     *
     * @throws IOException if it may have been restarted since the first write
     */
    public void flushed() throws IOException {
        if (lossesBefore != NONE && retries.losses() != lossesBefore) {
            throw new IOException(
                    "the connection to IoTDB was lost since the last checkpoint: what the server"
                            + " had acknowledged in memory may be gone with it, so it is written"
                            + " again");
        }
        lossesBefore = NONE;
    }
}
