package io.iotdbmigrate.iotdb;

import org.apache.tsfile.write.record.Tablet;

/**
 * A tablet and what it adds to a request.
 *
 * @param device whose rows it has; of a tall table several have one device in IoTDB
 * @param bytes on the wire, a little more rather than less
 */
public record SizedTablet(String device, Tablet tablet, long bytes) {}
