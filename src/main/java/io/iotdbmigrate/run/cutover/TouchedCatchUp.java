package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.run.cutover.CatchUpPace.Next;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catch-up that compares touched rows in rounds while writes go on, so that few are left for the
 * pause. Used by one thread.
 */
final class TouchedCatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(TouchedCatchUp.class);

    private final CdcJob replication;
    private final TouchedWatch watch;
    private final Duration maxLag;

    TouchedCatchUp(CdcJob replication, TouchedWatch watch, Duration maxLag) {
        this.replication = replication;
        this.watch = watch;
        this.maxLag = maxLag;
    }

    /**
     * Compares until a round takes about as long as it would in the pause: replication has hardly
     * anything to apply, and comparing is quick or takes no less than before.
     *
     * @throws UserException exit code 8, if replication falls behind by more than {@code max_lag}
     */
    void run(Journal journal, BinlogServer server) throws Exception {
        CatchUpPace pace = new CatchUpPace(maxLag);
        Next next = Next.AGAIN;
        while (next == Next.AGAIN) {
            long begun = System.nanoTime();
            replication.checkpoint();
            Duration applying = since(begun);
            begun = System.nanoTime();
            int before = watch.left();
            int differing = watch.compare(AppliedChanges.position(journal, server)).size();
            Duration comparing = since(begun);
            next = pace.after(applying, comparing);
            LOG.info(
                    "round {}: applied in {} ms, {} rows before it, {} differ so far, {} left, {}"
                            + " ms",
                    pace.rounds(),
                    applying.toMillis(),
                    before,
                    differing,
                    watch.left(),
                    comparing.toMillis());
            if (next == Next.OUTRUN) {
                throw outrun(applying);
            }
        }
    }

    private UserException outrun(Duration applying) {
        return new UserException(
                ExitCode.NOT_SWITCHED,
                String.format(
                        "writes come faster than they are applied while rows are compared:"
                                + " replication took %d s for what it was behind, more than"
                                + " cutover.max_lag = %d s; try at a quieter time, or raise the"
                                + " limit, which lets writes be paused so long",
                        applying.toSeconds(), maxLag.toSeconds()));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
