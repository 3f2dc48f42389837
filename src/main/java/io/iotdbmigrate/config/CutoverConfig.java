package io.iotdbmigrate.config;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code cutover}. */
public record CutoverConfig(
        Pause pause, Hooks hooks, Duration maxLag, Duration drainTimeout, Verify verify)
        implements Serializable {

    public enum Pause {
        READ_ONLY,
        SUPER_READ_ONLY,
        LOCK_TABLES,
        HOOK,
        MANUAL
    }

    /** Paths of executables, as written in the file. */
    public record Hooks(
            @Nullable String pause, @Nullable String resume, @Nullable String switchOver)
            implements Serializable {}

    public enum Verify {
        FULL,
        RECENT,
        COUNTS,
        NONE
    }
}
