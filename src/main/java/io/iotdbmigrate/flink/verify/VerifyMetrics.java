package io.iotdbmigrate.flink.verify;

/** Names of the metrics that a comparison's progress is read from. */
public final class VerifyMetrics {
    /** What all of them begin with. */
    public static final String PREFIX = "verify";

    private VerifyMetrics() {}

    /** Names the counter of a reader: rows that IoTDB had of a unit since the job (re)started. */
    public static String rows(int table) {
        return PREFIX + "Rows" + table;
    }
}
