package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.html.RowSample;
import io.iotdbmigrate.cli.report.html.RunCourse;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.WorkShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A listener that notes how a backfill went, and shows it to another one. However long it takes, it
 * notes few samples. Not thread-safe.
 */
final class BackfillCourse implements BackfillListener {
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_SAMPLES = 400;

    private final BackfillListener shown;
    private final LongSupplier nanoTime;
    private final List<RowSample> samples = new ArrayList<>();
    private List<WorkShare> work = List.of();
    private List<BackfillProgress.Table> tables = List.of();
    private long intervalNanos = FIRST_INTERVAL.toNanos();
    private long startNanos;
    private long shownNanos;

    /**
     * @param nanoTime a clock that only runs forward
     */
    BackfillCourse(BackfillListener shown, LongSupplier nanoTime) {
        this.shown = shown;
        this.nanoTime = nanoTime;
    }

    /** Returns all that was seen. */
    RunCourse course() {
        return new RunCourse(tables, samples, work);
    }

    /** Returns how many rows there were at which time, oldest first. */
    List<RowSample> samples() {
        return List.copyOf(samples);
    }

    /** Returns what both sides had done when that was known last: a job that ends forgets it. */
    List<WorkShare> work() {
        return work;
    }

    @Override
    public void planned(BackfillPlan plan) {
        shown.planned(plan);
        startNanos = nanoTime.getAsLong();
        shownNanos = startNanos;
    }

    @Override
    public void note(String message) {
        shown.note(message);
    }

    @Override
    public void progress(BackfillProgress progress) {
        long now = nanoTime.getAsLong();
        long rows = progress.tables().stream().mapToLong(BackfillProgress.Table::rows).sum();
        tables = progress.tables();
        if (!progress.work().isEmpty()) {
            work = progress.work();
        }
        add(new RowSample(Duration.ofNanos(now - startNanos), rows));
        if (now - shownNanos >= shown.progressInterval().toNanos() * 9 / 10) {
            shownNanos = now;
            shown.progress(progress);
        }
    }

    private void add(RowSample sample) {
        Duration last = samples.isEmpty() ? null : samples.get(samples.size() - 1).at();
        if (last != null && sample.at().minus(last).toNanos() < intervalNanos * 9 / 10) {
            return;
        }
        samples.add(sample);
        if (samples.size() > MOST_SAMPLES) {
            for (int i = samples.size() - 2; i > 0; i -= 2) {
                samples.remove(i);
            }
            intervalNanos *= 2;
        }
    }

    @Override
    public Duration progressInterval() {
        Duration other = shown.progressInterval();
        return other.compareTo(FIRST_INTERVAL) < 0 ? other : FIRST_INTERVAL;
    }

    @Override
    public boolean stopRequested() {
        return shown.stopRequested();
    }
}
