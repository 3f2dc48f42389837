package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.VerifyListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wait before a comparison, after which later changes are all that matters to its result. */
final class BaseWait {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 200;

    private BaseWait() {}

    /**
     * Waits until replication has applied all that there is now.
     *
     * @return empty if it does not run, does not come to that, or the listener asks for a stop
     */
    static Optional<VerifiedBase> await(
            MigrationConfig config,
            MigrationPlan plan,
            JournalProgress replication,
            VerifyListener listener)
            throws IOException, InterruptedException {
        List<TableId> tables = CdcSpecs.followed(plan);
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            if (!server.writesBinlog()) {
                return Optional.empty();
            }
            BinlogPosition head = server.head();
            Map<String, String> createTables = server.createTables(tables);
            Instant end = Instant.now().plus(PATIENCE);
            boolean told = false;
            while (true) {
                boolean runs = replication.runs();
                if (runs && replication.hasApplied(head)) {
                    return Optional.of(
                            new VerifiedBase(
                                    head,
                                    createTables,
                                    MappingFingerprints.of(plan.mappings()),
                                    replication.rejected()));
                }
                if (!runs || Instant.now().isAfter(end) || listener.stopRequested()) {
                    return Optional.empty();
                }
                if (!told) {
                    told = true;
                    listener.note(
                            "waiting until replication has applied what is in MySQL now, for "
                                    + PATIENCE.toSeconds()
                                    + " s at most");
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }
}
