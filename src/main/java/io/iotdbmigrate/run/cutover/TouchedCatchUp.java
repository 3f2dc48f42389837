package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catch-up that compares touched rows in rounds while writes go on, so that few are left for the
 * pause. Used by one thread.
 */
final class TouchedCatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(TouchedCatchUp.class);
    private static final int ROUNDS = 10;
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final CdcJob replication;
    private final TouchedWatch watch;

    TouchedCatchUp(CdcJob replication, TouchedWatch watch) {
        this.replication = replication;
        this.watch = watch;
    }

    /**
     * Compares until a round takes about as long as it would in the pause: replication has hardly
     * anything to apply, and comparing is quick or takes no less than before.
     */
    void run(Journal journal, BinlogServer server) throws Exception {
        Duration last = Duration.ofDays(1);
        for (int round = 1; round <= ROUNDS; round++) {
            long begun = System.nanoTime();
            replication.checkpoint();
            Duration applying = since(begun);
            begun = System.nanoTime();
            int before = watch.left();
            int differing = watch.compare(AppliedChanges.position(journal, server)).size();
            Duration comparing = since(begun);
            LOG.info(
                    "round {}: applied in {} ms, {} rows before it, {} differ so far, {} left, {}"
                            + " ms",
                    round,
                    applying.toMillis(),
                    before,
                    differing,
                    watch.left(),
                    comparing.toMillis());
            boolean shrinking = comparing.multipliedBy(4).compareTo(last.multipliedBy(3)) < 0;
            boolean compares = comparing.compareTo(QUICK) < 0 || !shrinking;
            if (round > 1 && applying.compareTo(CALM) < 0 && compares) {
                break;
            }
            last = comparing;
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
