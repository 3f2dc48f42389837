package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.flink.io.SendingThread;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a writer tells whoever watches the job. Used on the task's thread unless told otherwise. */
public final class SinkMetrics {
    /** Rows that a backfill's writers have taken over, a counter. */
    public static final String ROWS = "iotdbRows";

    /** Values of finished chunks that they have taken over, a counter. */
    public static final String POINTS = "iotdbPoints";

    /** How long the last send and FLUSH before a checkpoint took, milliseconds. */
    public static final String LAST_FLUSH_MILLIS = "iotdbLastFlushMillis";

    /** What a writer holds and sends, bytes. */
    public static final String BUFFERED_BYTES = "iotdbBufferedBytes";

    private final Counter rows;
    private final Counter points;
    private final AtomicLong writeNanos = new AtomicLong();
    private long flushMillis;

    /**
     * @param bufferedBytes asked from any thread
     */
    SinkMetrics(MetricGroup group, LongSupplier bufferedBytes) {
        this.rows = group.counter(ROWS);
        this.points = group.counter(POINTS);
        long since = System.nanoTime();
        group.gauge(BackfillMetrics.WRITE_MILLIS, () -> writeNanos.get() / 1_000_000);
        group.gauge(BackfillMetrics.WRITER_MILLIS, () -> (System.nanoTime() - since) / 1_000_000);
        group.gauge(LAST_FLUSH_MILLIS, () -> flushMillis);
        group.gauge(BUFFERED_BYTES, bufferedBytes::getAsLong);
    }

    /** Counts rows taken over, before they are sent. */
    void rows(int count) {
        rows.inc(count);
    }

    /** Counts values of a chunk that has been taken over whole. */
    void points(long count) {
        points.inc(count);
    }

    /** Runs what speaks to IoTDB, and takes how long that took. On any thread. */
    void write(SendingThread.Work work) throws IOException {
        long begin = System.nanoTime();
        try {
            work.run();
        } finally {
            writeNanos.addAndGet(System.nanoTime() - begin);
        }
    }

    /** Takes how long IoTDB took before a checkpoint. */
    void flushed(long nanos) {
        flushMillis = nanos / 1_000_000;
    }
}
