package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A terminal that shows a replication to the person who started it, and hears when it is to stop.
 */
public final class CdcTerminal implements CdcListener, AutoCloseable {
    private static final double NANOS = 1e9;

    /** A delay that has changed by less is not said again. */
    private static final long NOTABLE_MILLIS = 1_000;

    /** A delay that has changed by less than this part of what was said is not said again. */
    private static final long NOTABLE_SHARE = 4;

    private final ProgressArea area;
    private final Form form;
    private final LongSupplier nanoTime;
    private final Supplier<StopSignal> listen;
    private StopSignal stop = StopSignal.never();
    private boolean stopSaid;
    private long lastEvents = -1;
    private long lastNanos;
    private long saidDelay;

    /** How progress becomes a line. */
    @FunctionalInterface
    public interface Form {
        /**
         * @param perSecond row events read since the last line
         */
        String line(CdcProgress progress, long perSecond);
    }

    /**
     * @param listen begins to listen for signals; until then they end the process as usual
     */
    public CdcTerminal(
            ProgressArea area, Form form, LongSupplier nanoTime, Supplier<StopSignal> listen) {
        this.area = area;
        this.form = form;
        this.nanoTime = nanoTime;
        this.listen = listen;
    }

    @Override
    public void starting(String from) {
        stop = listen.get();
        area.print(from + "; Ctrl-C or iotdb-migrate stop ends it with a savepoint");
    }

    @Override
    public void progress(CdcProgress progress) {
        long now = nanoTime.getAsLong();
        double seconds = (now - lastNanos) / NANOS;
        long rate =
                lastEvents < 0 || seconds <= 0
                        ? 0
                        : Math.max(0, Math.round((progress.events() - lastEvents) / seconds));
        lastEvents = progress.events();
        lastNanos = now;
        CdcProgress news = isNotable(progress) ? progress : progress.withoutReadDelay();
        if (area.isDue() && isNotable(progress)) {
            saidDelay = progress.readDelayMillis();
        }
        area.show(List.of(form.line(progress, rate)), form.line(news, rate));
    }

    /** Tells whether events were read later, or less late, than it was said last. */
    private boolean isNotable(CdcProgress progress) {
        long change = Math.abs(progress.readDelayMillis() - saidDelay);
        return change >= NOTABLE_MILLIS && change * NOTABLE_SHARE >= saidDelay;
    }

    @Override
    public Duration progressInterval() {
        return area.interval();
    }

    @Override
    public void note(String sentence) {
        area.print(sentence);
    }

    @Override
    public boolean stopRequested() {
        boolean requested = stop.requested();
        if (requested && !stopSaid) {
            stopSaid = true;
            area.print("stopping with a savepoint; Ctrl-C again ends at once");
        }
        return requested;
    }

    @Override
    public void close() {
        area.close();
        stop.close();
    }
}
