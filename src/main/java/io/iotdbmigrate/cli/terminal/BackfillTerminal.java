package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A terminal that shows a backfill to the person who started it, and hears when that person wants
 * it to stop.
 */
public final class BackfillTerminal implements BackfillListener, AutoCloseable {
    private final ProgressArea area;
    private final ProgressLines lines;
    private final Supplier<StopSignal> listen;
    private StopSignal stop = StopSignal.never();
    private BackfillPlan plan = new BackfillPlan(List.of());
    private boolean stopSaid;

    /**
     * @param listen begins to listen for signals; until then they end the process as usual
     */
    public BackfillTerminal(ProgressArea area, ProgressLines lines, Supplier<StopSignal> listen) {
        this.area = area;
        this.lines = lines;
        this.listen = listen;
    }

    @Override
    public void planned(BackfillPlan planned) {
        plan = planned;
        stop = listen.get();
        long rows = planned.tables().stream().mapToLong(BackfillPlan.Table::estimatedRows).sum();
        area.print(
                String.format(
                        Locale.ROOT,
                        "copying %s, about %,d rows; Ctrl-C stops, the same command goes on later",
                        planned.tables().size() == 1
                                ? "1 table"
                                : planned.tables().size() + " tables",
                        rows));
    }

    @Override
    public void note(String message) {
        area.print(message);
    }

    @Override
    public void progress(BackfillProgress progress) {
        area.show(lines.of(progress), lines.together(progress));
    }

    @Override
    public Duration progressInterval() {
        return area.interval();
    }

    @Override
    public boolean stopRequested() {
        boolean requested = stop.requested();
        if (requested && !stopSaid) {
            stopSaid = true;
            area.print("stopping after a last checkpoint; Ctrl-C again ends at once");
        }
        return requested;
    }

    /** Ends the drawing: the closing report says more than the last progress. */
    public void finished() {
        area.show(List.of());
    }

    /** Returns the plan of this run; without tables if it never came to that. */
    public BackfillPlan plan() {
        return plan;
    }

    @Override
    public void close() {
        area.close();
        stop.close();
    }
}
