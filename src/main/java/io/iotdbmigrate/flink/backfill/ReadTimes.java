package io.iotdbmigrate.flink.backfill;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.MetricGroup;

/** What a reader does with its time, as metrics. Thread-safe. */
final class ReadTimes {
    private final AtomicLong readNanos = new AtomicLong();
    private final AtomicLong limitedNanos = new AtomicLong();

    ReadTimes(MetricGroup group) {
        long since = System.nanoTime();
        group.gauge(BackfillMetrics.READ_MILLIS, () -> readNanos.get() / 1_000_000);
        group.gauge(BackfillMetrics.LIMITED_MILLIS, () -> limitedNanos.get() / 1_000_000);
        group.gauge(BackfillMetrics.READER_MILLIS, () -> (System.nanoTime() - since) / 1_000_000);
    }

    /** Takes how long MySQL took, beginning at a time of the clock that only runs forward. */
    void readSince(long begin) {
        readNanos.addAndGet(System.nanoTime() - begin);
    }

    /** Takes how long the rate limit took. */
    void limitedSince(long begin) {
        limitedNanos.addAndGet(System.nanoTime() - begin);
    }
}
