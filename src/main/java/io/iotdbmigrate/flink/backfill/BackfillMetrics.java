package io.iotdbmigrate.flink.backfill;

/** Names of the metrics that a backfill's progress is read from. */
public final class BackfillMetrics {
    /** What all of them begin with. */
    public static final String PREFIX = "backfill";

    /** Counter of a reader: rows that could not be mapped. */
    public static final String REJECTED_ROWS = "rejectedRows";

    /** Gauge of a reader: how long it has read from MySQL. */
    public static final String READ_MILLIS = PREFIX + "ReadMillis";

    /** Gauge of a reader: how long {@code rate_limit} has held it. */
    public static final String LIMITED_MILLIS = PREFIX + "LimitedMillis";

    /** Gauge of a reader: how long there has been one. */
    public static final String READER_MILLIS = PREFIX + "ReaderMillis";

    /** Gauge of a writer: how long it has waited for IoTDB. */
    public static final String WRITE_MILLIS = PREFIX + "WriteMillis";

    /** Gauge of a writer: how long there has been one. */
    public static final String WRITER_MILLIS = PREFIX + "WriterMillis";

    private static final String ROWS = PREFIX + "Rows";
    private static final String RESTORED_ROWS = PREFIX + "RestoredRows";

    private BackfillMetrics() {}

    /** Tells whether a metric counts rows that are read, whichever table's. */
    public static boolean countsRows(String name) {
        return name.startsWith(ROWS) || name.startsWith(RESTORED_ROWS);
    }

    /** Names the counter of a reader: rows of a table read since the job (re)started. */
    public static String rows(int table) {
        return ROWS + table;
    }

    /**
     * Names the gauge of the enumerator: rows of a table that finished chunks had before the job
     * (re)started.
     */
    public static String restoredRows(int table) {
        return RESTORED_ROWS + table;
    }
}
