package io.iotdbmigrate.model;

import java.time.Instant;

/**
 * A server that a job waits for.
 *
 * @param name for people
 * @param since when it answered last, or was asked
 */
public record AwaitedServer(String name, Instant since) {
    /** Completes "cdc waits for ...". */
    @Override
    public String toString() {
        return name + " to answer since " + since;
    }
}
