package io.iotdbmigrate.config;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code mysql.cdc}.
 *
 * @param specific required when {@code startupMode} is {@code SPECIFIC}
 * @param gtidSet required when {@code startupMode} is {@code GTID}
 * @param timestamp required when {@code startupMode} is {@code TIMESTAMP}
 * @param serverId null: a free range is picked
 */
public record CdcConfig(
        StartupMode startupMode,
        @Nullable SpecificPosition specific,
        @Nullable String gtidSet,
        @Nullable Instant timestamp,
        @Nullable ServerIdRange serverId,
        Duration heartbeatInterval)
        implements Serializable {

    /** Tells whether it begins where the backfill began to read, if there was one. */
    public boolean followsBackfill() {
        return startupMode == StartupMode.AUTO || startupMode == StartupMode.INITIAL;
    }

    public enum StartupMode {
        AUTO,
        INITIAL,
        LATEST,
        EARLIEST,
        SPECIFIC,
        GTID,
        TIMESTAMP
    }

    /** {@code mysql.cdc.specific}; {@code pos} is the byte offset in the binlog file. */
    public record SpecificPosition(String file, long pos) implements Serializable {}

    /** {@code first} and {@code last} are both included; a single id has them equal. */
    public record ServerIdRange(long first, long last) implements Serializable {}
}
