package io.iotdbmigrate.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Progress for files and pipes: the lines are printed again every ten seconds. */
public final class PlainArea implements ProgressArea {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private long shownAt;

    public PlainArea(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.shownAt = nanoTime.getAsLong();
    }

    @Override
    public void show(List<String> lines) {
        long now = nanoTime.getAsLong();
        if (now - shownAt >= INTERVAL_NANOS) {
            shownAt = now;
            lines.forEach(this::print);
        }
    }

    @Override
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
