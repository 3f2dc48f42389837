package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.io.IOException;

/** The changes that replication has applied, as the journal notes them. */
final class AppliedChanges {
    private AppliedChanges() {}

    /**
     * Reads up to where the changes of a server's binlog are in IoTDB.
     *
     * @throws UserException exit code 8, if the journal has no position in it
     */
    static ChangePosition position(Journal journal, BinlogServer server) throws IOException {
        return CdcJournal.read(journal)
                .flatMap(noted -> noted.positionOn(server.uuid()))
                .orElseThrow(
                        () ->
                                new UserException(
                                        ExitCode.NOT_SWITCHED,
                                        "the journal has no applied position in the binlog of this"
                                                + " MySQL server; wait until cdc has applied a"
                                                + " change"));
    }

    /**
     * Reads the same, and requires that MySQL holds no change of a mapped table behind it.
     *
     * @throws UserException exit code 8, if it holds one
     */
    static ChangePosition requireAll(MigrationConfig config, Journal journal) throws IOException {
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            ChangePosition applied = position(journal, server);
            if (server.lag().anyEventBetween(applied, server.head(), CdcSpecs.counted(config))) {
                throw new UserException(
                        ExitCode.NOT_SWITCHED,
                        "MySQL holds changes that are not in IoTDB yet, so nothing can be compared;"
                                + " see that writes are paused, and try again");
            }
            return applied;
        }
    }
}
