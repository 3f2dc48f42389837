package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpec.Names;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.util.Optional;

/** The names with which a replication without a checkpoint begins. */
public final class StartNames {
    private StartNames() {}

    /**
     * Finds the names. Behind a backfill they are those by which it named its rows; else they are
     * those of now, and changes of look-ups up to now do not matter.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if a look-up's table is being
     *     changed
     */
    public static Names of(
            MigrationConfig config,
            MigrationPlan plan,
            Journal journal,
            BinlogServer server,
            CdcStart start)
            throws IOException {
        if (plan.lookups().isEmpty() || start instanceof CdcStart.Restored) {
            return new Names(plan.lookups(), null);
        }
        StartupMode mode = config.cdc().startupMode();
        boolean follows = mode == StartupMode.AUTO || mode == StartupMode.INITIAL;
        Optional<String> noted =
                follows
                        ? StartPositions.lastBackfill(config, journal).map(Finished::names)
                        : Optional.empty();
        if (noted.isPresent()) {
            return new Names(NameJournal.read(journal, noted.get(), plan.lookups()), null);
        }
        BinlogPosition head = server.head();
        server.requireUnchanged(plan.lookups(), "cdc began");
        return new Names(plan.lookups(), new NamesSince(head));
    }
}
