package io.iotdbmigrate.flink.cdc;

/** Names of the replication job's metrics, for REST and for Flink's reporters. */
public final class CdcMetrics {
    /** Row events of mapped tables that were read, a counter. */
    public static final String EVENTS = "iotdbMigrateEvents";

    /** Rows that could not be mapped, a counter. */
    public static final String REJECTED = "iotdbMigrateRejected";

    /** When the last row event was executed, milliseconds since the epoch by MySQL's clock. */
    public static final String LAST_EVENT_AT = "iotdbMigrateLastEventAt";

    /** Milliseconds from an event's execution until it was read, of the last event. */
    public static final String READ_DELAY = "iotdbMigrateReadDelayMillis";

    /** Values written, a counter. */
    public static final String POINTS = "iotdbMigratePoints";

    /** Points in time at which values were deleted, a counter. */
    public static final String DELETES = "iotdbMigrateDeletes";

    /** Time IoTDB took to make writes durable, milliseconds, a histogram. */
    public static final String FLUSH_MILLIS = "iotdbMigrateFlushMillis";

    /** What the names begin with. */
    public static final String PREFIX = "iotdbMigrate";

    private CdcMetrics() {}
}
