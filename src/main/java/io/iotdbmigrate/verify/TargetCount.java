package io.iotdbmigrate.verify;

/**
 * The rows of a device in IoTDB.
 *
 * @param rows that have a value and are not marked as deleted
 * @param marked rows that are
 */
public record TargetCount(long rows, long marked) {
    public static final TargetCount NONE = new TargetCount(0, 0);

    public TargetCount plus(TargetCount other) {
        return new TargetCount(rows + other.rows, marked + other.marked);
    }
}
