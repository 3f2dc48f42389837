package io.iotdbmigrate.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Progress for files and pipes: the lines are printed again every ten seconds. */
public final class PlainArea implements ProgressArea {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private long shownAt;

    public PlainArea(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.shownAt = nanoTime.getAsLong();
    }

    /** Returns an interval twice as often as it prints: speeds are those since the line before. */
    @Override
    public Duration interval() {
        return INTERVAL.dividedBy(2);
    }

    @Override
    public boolean isDue() {
        return nanoTime.getAsLong() - shownAt >= INTERVAL.toNanos();
    }

    @Override
    public void show(List<String> lines) {
        if (isDue()) {
            shownAt = nanoTime.getAsLong();
            lines.forEach(this::print);
        }
    }

    @Override
    public void show(List<String> lines, String together) {
        show(List.of(together));
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
