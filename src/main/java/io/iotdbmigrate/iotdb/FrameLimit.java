package io.iotdbmigrate.iotdb;

import org.apache.iotdb.service.rpc.thrift.ServerProperties;

/**
 * How long a request may be. A server drops the connection of one that is longer than its {@code
 * dn_thrift_max_frame_size}, without an answer.
 *
 * @param bytes of the longest frame that the server reads
 */
public record FrameLimit(long bytes) {
    /** What a server takes that does not say: the least that any version does by default. */
    public static final FrameLimit UNKNOWN = new FrameLimit(16L << 20);

    /** More in one request is not faster, and the client holds it several times. */
    private static final long ENOUGH = 16L << 20;

    /** This part of a frame is for what is not a value. */
    private static final int OVERHEAD = 16;

    static FrameLimit of(ServerProperties properties) {
        return properties.isSetThriftMaxFrameSize() && properties.getThriftMaxFrameSize() > 0
                ? new FrameLimit(properties.getThriftMaxFrameSize())
                : UNKNOWN;
    }

    /** Returns the bytes of the longest row that can be written. */
    public long rowBytes() {
        return bytes - bytes / OVERHEAD;
    }

    /** Returns the bytes that a request is filled with. */
    public long requestBytes() {
        return Math.min(rowBytes(), ENOUGH);
    }
}
