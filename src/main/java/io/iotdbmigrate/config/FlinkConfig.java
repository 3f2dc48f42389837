package io.iotdbmigrate.config;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code flink}; {@code checkpointDir} null: under the state folder. */
public record FlinkConfig(
        Duration checkpointInterval, @Nullable String checkpointDir, Restart restart)
        implements Serializable {

    /** {@code flink.restart}: exponential back-off. */
    public record Restart(Duration initialBackoff, Duration maxBackoff, int attempts)
            implements Serializable {}
}
