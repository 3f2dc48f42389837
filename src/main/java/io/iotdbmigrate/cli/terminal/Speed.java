package io.iotdbmigrate.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Rows per second over the last ten seconds. */
final class Speed {
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long rows) {}

    /** Notes how many rows there are now, and returns the speed; 0 while it is not known. */
    double update(long nanos, long rows) {
        samples.addLast(new Sample(nanos, rows));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long elapsed = nanos - first.nanos();
        // A restart from a checkpoint takes rows back.
        return elapsed <= 0 || rows < first.rows()
                ? 0
                : (rows - first.rows()) * NANOS_PER_SECOND / elapsed;
    }
}
