package io.iotdbmigrate.bench;

import java.util.Locale;

/** A model of IoTDB's that rows are copied into. */
enum BenchModel {
    TREE,
    TABLE;

    /** The word in a config and on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
