package io.iotdbmigrate.flink.sink;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a writer tells whoever watches the job. Used on the task's thread only. */
final class SinkMetrics {
    private final Counter rows;
    private final Counter points;
    private long flushMillis;

    /**
     * @param bufferedBytes asked from any thread
     */
    SinkMetrics(MetricGroup group, LongSupplier bufferedBytes) {
        this.rows = group.counter("iotdbRows");
        this.points = group.counter("iotdbPoints");
        group.gauge("iotdbLastFlushMillis", () -> flushMillis);
        group.gauge("iotdbBufferedBytes", bufferedBytes::getAsLong);
    }

    /** Rows taken over, before they are sent. */
    void rows(int count) {
        rows.inc(count);
    }

    /** Values of a chunk that has been taken over whole. */
    void points(long count) {
        points.inc(count);
    }

    /** How long IoTDB took before a checkpoint. */
    void flushed(long nanos) {
        flushMillis = nanos / 1_000_000;
    }
}
