package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.io.SendingThread;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A writer that reduces changes to one final state per point and has those applied soon after they
 * have come, when they fill half of {@code sink.max_buffered}, and before each checkpoint. While
 * some are applied, on another thread, the next are gathered: the busier IoTDB is, the more are
 * applied together, which is cheaper.
 */
final class ChangeWriter implements SinkWriter<Change> {
    private static final long TICK_MILLIS = 100;
    private static final long GATHERING_MILLIS = 200;

    /** Where so many come within a tick there is a backlog: nobody waits for a single change. */
    private static final int BACKLOG = 1_000;

    /**
     * So long after the last such tick the backlog is taken to be over: readers falter at times.
     */
    private static final long BACKLOG_LASTS_MILLIS = 400;

    /** Tablets of fewer rows cost IoTDB more, rows that are held for longer cost this heap more. */
    private static final long BACKLOG_GATHERING_MILLIS = 500;

    /**
     * What deletions cost IoTDB depends on the devices they name and on the data around them, far
     * less on their points: the more are gathered, the fewer questions and deletions there are.
     */
    private static final long BACKLOG_GATHERING_DELETIONS_MILLIS = 10_000;

    private final CdcSpec spec;
    private final ChangeApplier applier;
    private final SendingThread thread = new SendingThread();
    private final ProcessingTimeService clock;
    private final Histogram flushMillis;
    private GatheredChanges gathered;
    private int changesAtLastTick;
    private long backlogUntil;
    private long gatheringSince;
    private boolean unflushed;
    private @Nullable ScheduledFuture<?> nextTick;

    ChangeWriter(
            CdcSpec spec,
            Target target,
            UnitPoints mysql,
            MetricGroup metrics,
            ProcessingTimeService clock) {
        this.spec = spec;
        this.applier = new ChangeApplier(target, mysql, spec.mappings(), spec.databases(), metrics);
        this.clock = clock;
        this.flushMillis =
                metrics.histogram(CdcMetrics.FLUSH_MILLIS, new DescriptiveStatisticsHistogram(100));
        this.gathered = new GatheredChanges(spec);
    }

    @Override
    public void write(Change change, Context context) throws IOException, InterruptedException {
        if (gathered.changes() == 0) {
            gatheringSince = clock.getCurrentProcessingTime();
        }
        gathered.add(change);
        if (gathered.bytes() >= spec.sink().maxBufferedBytes() / 2) {
            apply();
        }
        if (nextTick == null) {
            tickLater();
        }
    }

    private void tickLater() {
        nextTick =
                clock.registerTimer(clock.getCurrentProcessingTime() + TICK_MILLIS, time -> tick());
    }

    /** Goes on until all is applied, so that a failure surfaces soon. */
    private void tick() throws IOException, InterruptedException {
        nextTick = null;
        long now = clock.getCurrentProcessingTime();
        if (gathered.changes() - changesAtLastTick >= BACKLOG) {
            backlogUntil = now + BACKLOG_LASTS_MILLIS;
        }
        if (thread.isIdle()) {
            thread.await();
            if (gathered.changes() == 0) {
                return;
            }
            if (now - gatheringSince >= enough(now)) {
                apply();
            }
        }
        changesAtLastTick = gathered.changes();
        tickLater();
    }

    private long enough(long now) {
        if (now >= backlogUntil) {
            return GATHERING_MILLIS;
        }
        return gathered.deletions() > 0
                ? BACKLOG_GATHERING_DELETIONS_MILLIS
                : BACKLOG_GATHERING_MILLIS;
    }

    /** Has what is gathered applied, once all before it is. */
    private void apply() throws IOException, InterruptedException {
        GatheredChanges changes = gathered;
        thread.begin(() -> applier.apply(changes));
        unflushed = true;
        gathered = new GatheredChanges(spec);
        changesAtLastTick = 0;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (gathered.changes() > 0) {
            apply();
        }
        thread.await();
        if (unflushed) {
            long start = System.nanoTime();
            thread.begin(applier::flush);
            thread.await();
            flushMillis.update((System.nanoTime() - start) / 1_000_000);
            unflushed = false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (nextTick != null) {
            nextTick.cancel(false);
        }
        thread.close();
        applier.close();
    }
}
