package io.iotdbmigrate.config;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code flink}.
 *
 * @param checkpointInterval null: what suits the job
 * @param checkpointDir null: under the state folder
 */
public record FlinkConfig(
        @Nullable Duration checkpointInterval, @Nullable String checkpointDir, Restart restart)
        implements Serializable {
    private static final Duration BACKFILL_INTERVAL = Duration.ofSeconds(60);
    private static final Duration CDC_INTERVAL = Duration.ofSeconds(10);

    /**
     * Returns the interval of a backfill. A checkpoint sends what is buffered, in whatever small
     * tablets; a backfill takes fewer, at the price of reading a minute again after a failure.
     */
    public Duration backfillInterval() {
        return checkpointInterval == null ? BACKFILL_INTERVAL : checkpointInterval;
    }

    /** Returns the interval of a replication. What is not yet applied is not older than this. */
    public Duration cdcInterval() {
        return checkpointInterval == null ? CDC_INTERVAL : checkpointInterval;
    }

    /** {@code flink.restart}: exponential back-off. */
    public record Restart(Duration initialBackoff, Duration maxBackoff, int attempts)
            implements Serializable {}
}
