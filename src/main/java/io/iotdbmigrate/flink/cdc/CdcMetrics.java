package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.AwaitedServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** Milliseconds for which a request to IoTDB has waited for its answer; 0 if there is none. */
    public static final String IOTDB_WAIT = "iotdbMigrateIotdbWaitMillisMax";

    /** Milliseconds since MySQL sent an event of the binlog, or a sign of life, last. */
    public static final String MYSQL_WAIT = "iotdbMigrateMysqlWaitMillisMax";

    /** What the names begin with. */
    public static final String PREFIX = "iotdbMigrate";

    /** MySQL gives a sign of life every 12 s, and IoTDB takes seconds for a {@code FLUSH}. */
    private static final long PATIENCE_MILLIS = 30_000;

    private CdcMetrics() {}

    /** Finds the server that has not answered for long, by the metrics of a job that runs. */
    public static Optional<AwaitedServer> awaited(Map<String, Long> values, Instant now) {
        return Stream.of(Map.entry("IoTDB", IOTDB_WAIT), Map.entry("MySQL", MYSQL_WAIT))
                .filter(one -> values.getOrDefault(one.getValue(), 0L) >= PATIENCE_MILLIS)
                .findFirst()
                .map(
                        one ->
                                new AwaitedServer(
                                        one.getKey(),
                                        now.minusMillis(values.get(one.getValue()))
                                                .truncatedTo(ChronoUnit.SECONDS)));
    }
}
