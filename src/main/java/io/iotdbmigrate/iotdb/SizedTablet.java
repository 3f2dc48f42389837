package io.iotdbmigrate.iotdb;

import org.apache.tsfile.write.record.Tablet;

/**
 * A tablet and what it adds to a request.
 *
 * @param bytes on the wire, a little more rather than less
 */
public record SizedTablet(Tablet tablet, long bytes) {}
