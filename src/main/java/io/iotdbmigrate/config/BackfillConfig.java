package io.iotdbmigrate.config;

import java.io.Serializable;

/** {@code backfill}; {@code rateLimit} in rows/s over all readers, 0 = none. */
public record BackfillConfig(int parallelism, int chunkRows, long rateLimit)
        implements Serializable {}
