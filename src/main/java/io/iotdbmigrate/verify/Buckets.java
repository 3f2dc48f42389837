package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TimePrecision;
import java.io.Serializable;

/**
 * How the rows of a table are laid out over a fixed number of buckets, however many devices there
 * are: a device belongs to one of 2^deviceBits groups by its hash, a time to one of 2^timeBits by
 * the hour it is in.
 *
 * @param hour its length in the server's unit
 */
public record Buckets(int deviceBits, int timeBits, long hour) implements Serializable {
    private static final long MIX = 0x9e3779b97f4a7c15L;

    /** Over all tables: 24 bytes each, for every reader of each side. */
    private static final int ALL_BITS = 18;

    private static final int MOST_BITS = 17;
    private static final int FEWEST_BITS = 8;
    private static final int DEVICE_BITS = 12;
    private static final long HOUR_MILLIS = 3_600_000L;

    public Buckets {
        if (deviceBits < 1 || timeBits < 1 || deviceBits + timeBits > 24) {
            throw new IllegalArgumentException(deviceBits + " + " + timeBits + " bits");
        }
    }

    /** Chooses the buckets for one of so many tables that are compared at once. */
    public static Buckets of(int tables, TimePrecision precision) {
        int shared = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, tables) - 1);
        int bits = Math.max(FEWEST_BITS, Math.min(MOST_BITS, ALL_BITS - shared));
        int deviceBits = Math.min(DEVICE_BITS, bits - 2);
        return new Buckets(deviceBits, bits - deviceBits, precision.fromMicros(HOUR_MILLIS * 1000));
    }

    public int count() {
        return 1 << (deviceBits + timeBits);
    }

    public int of(Device device, long time) {
        long slice = Math.floorDiv(time, hour) * MIX;
        return groupOf(device) << timeBits | (int) (slice >>> (Long.SIZE - timeBits));
    }

    /** Returns which group of devices a device belongs to. */
    public int groupOf(Device device) {
        return (int) (device.hash() >>> (Long.SIZE - deviceBits));
    }

    /** Returns the group of devices that a bucket is of. */
    public int group(int bucket) {
        return bucket >>> timeBits;
    }
}
