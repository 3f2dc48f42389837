package io.iotdbmigrate.flink.backfill;

/** Names of the metrics that a backfill's progress is read from. */
public final class BackfillMetrics {
    /** What all of them begin with. */
    public static final String PREFIX = "backfill";

    /** Counter of a reader: rows that could not be mapped. */
    public static final String REJECTED_ROWS = "rejectedRows";

    private BackfillMetrics() {}

    /** Names the counter of a reader: rows of a table read since the job (re)started. */
    public static String rows(int table) {
        return PREFIX + "Rows" + table;
    }

    /**
     * Names the gauge of the enumerator: rows of a table that finished chunks had before the job
     * (re)started.
     */
    public static String restoredRows(int table) {
        return PREFIX + "RestoredRows" + table;
    }
}
