package io.iotdbmigrate.config;

import java.io.Serializable;

/**
 * {@code sink}.
 *
 * @param batchRows rows of one device after which its tablet is sent
 * @param maxBufferedBytes what one writer may hold in memory, in bytes
 * @param retries how often a server-busy answer or a lost connection is tried again
 */
public record SinkConfig(int batchRows, long maxBufferedBytes, int retries)
        implements Serializable {}
