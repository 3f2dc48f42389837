package io.iotdbmigrate.bench;

/**
 * The measured table: nine columns, its rows interleaved by device. Row number n, from 0, belongs
 * to device n % devices; its other values follow from n as well.
 */
record Readings(long rows, int devices, BenchModel model) {
    static final String COLUMNS =
            "id, device_id, ts, temperature, humidity, cycles, state, ok, note";

    /** Columns that become series: neither device nor time. */
    static final int MEASUREMENTS = 7;

    /** Describes rows that are copied into the tree. */
    Readings(long rows, int devices) {
        this(rows, devices, BenchModel.TREE);
    }

    /** Describes the same rows, for another model. */
    Readings in(BenchModel other) {
        return new Readings(rows, devices, other);
    }

    /** From a command line, as {@link #arguments} gives them. */
    static Readings of(String[] args) {
        return new Readings(Long.parseLong(args[0]), Integer.parseInt(args[1]));
    }

    String[] arguments() {
        return new String[] {Long.toString(rows), Integer.toString(devices)};
    }

    String table() {
        return "devices_" + devices;
    }

    /**
     * The database in IoTDB's table model, whose table has MySQL's name. IoTDB 2.0.1-beta mixes up
     * those of both models that have one name.
     */
    String database() {
        return "tables_" + devices;
    }

    /** The database in IoTDB's tree. */
    String path() {
        return "root.bench_" + devices;
    }

    /** The device in IoTDB. */
    String path(int device) {
        return path() + ".d" + device;
    }

    long devicesWithRows() {
        return Math.min(rows, devices);
    }

    long rowsOf(int device) {
        return rows / devices + (device < rows % devices ? 1 : 0);
    }

    /** Values in IoTDB once every row is there; no column is ever null. */
    long points() {
        return rows * MEASUREMENTS;
    }
}
