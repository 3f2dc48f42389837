package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.flink.backfill.BackfillMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one side of a backfill did with its time, added up over all readers or writers, since the
 * job began or last restarted.
 *
 * @param side what it does
 * @param working in which MySQL was read or IoTDB written to
 * @param limited in which {@code rate_limit} held it
 * @param waiting for the other side
 */
public record WorkShare(String side, Duration working, Duration limited, Duration waiting) {

    /** Reads those of both sides from a job's metrics; empty if it has none yet. */
    static List<WorkShare> of(Map<String, Long> metrics) {
        long reader = metrics.getOrDefault(BackfillMetrics.READER_MILLIS, 0L);
        long writer = metrics.getOrDefault(BackfillMetrics.WRITER_MILLIS, 0L);
        return reader == 0 || writer == 0
                ? List.of()
                : List.of(
                        of(
                                "reading MySQL",
                                reader,
                                metrics.getOrDefault(BackfillMetrics.READ_MILLIS, 0L),
                                metrics.getOrDefault(BackfillMetrics.LIMITED_MILLIS, 0L)),
                        of(
                                "writing IoTDB",
                                writer,
                                metrics.getOrDefault(BackfillMetrics.WRITE_MILLIS, 0L),
                                0));
    }

    private static WorkShare of(String side, long all, long working, long limited) {
        return new WorkShare(
                side,
                Duration.ofMillis(working),
                Duration.ofMillis(limited),
                Duration.ofMillis(Math.max(0, all - working - limited)));
    }
}
