package io.iotdbmigrate.verify;

/**
 * Which device it is.
 *
 * @param table index into the tables that are compared; several that write the same series count as
 *     one
 * @param device its path
 */
public record DeviceKey(int table, String device) {
    private static final String NO_PATH = "";

    /** Stands for the device of a table's rows that cannot have one. */
    public static DeviceKey none(int table) {
        return new DeviceKey(table, NO_PATH);
    }

    public boolean isDevice() {
        return !device.equals(NO_PATH);
    }
}
