package io.iotdbmigrate.mapping;

/**
 * Where IoTDB has a measurement of a device. For a tall table the last node of a device is what its
 * rows are named by: it is part of the measurement's name there, and the device is what is above.
 */
public final class SeriesPath {
    private SeriesPath() {}

    /**
     * Tells whether a measurement is one of a tall table.
     *
     * @param measurement as the mapping has it
     */
    public static boolean isTall(String measurement) {
        return measurement.contains(NamePattern.ROW);
    }

    /** Returns the path of the series. */
    public static String of(String device, String measurement) {
        return holder(device, measurement) + "." + node(device, measurement);
    }

    /** Returns the path of the device that has the series in IoTDB. */
    public static String holder(String device, String measurement) {
        return isTall(measurement) ? device.substring(0, lastDot(device)) : device;
    }

    /** Returns the measurement's name in IoTDB, as a path node. */
    public static String node(String device, String measurement) {
        if (!isTall(measurement)) {
            return measurement;
        }
        String row = TreePath.split(device.substring(lastDot(device) + 1)).get(0);
        return PathNode.quote(NamePattern.of(TreePath.split(measurement).get(0)).name(row));
    }

    private static int lastDot(String path) {
        int last = 0;
        boolean quoted = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                last = i;
            }
        }
        return last;
    }
}
