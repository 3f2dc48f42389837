package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mysql.binlog.OtherServer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guard that another server has what was read of the former one. The connector looks only whether
 * it has what a checkpoint's GTIDs say.
 */
final class LostTransactions {
    private LostTransactions() {}

    /**
     * Requires that the server that answers now has the transaction that was applied last, which a
     * checkpoint's GTIDs lack, and all that the backfill may have read.
     *
     * @param applied GTID of that transaction; null: none was applied
     * @throws io.iotdbmigrate.model.UserException exit code 4, if it lacks one
     * @throws IOException if a server does not answer
     */
    static void requireNone(CdcSpec spec, Journal journal, @Nullable String applied)
            throws IOException {
        if (!spec.dialect().hasGtidSets()) {
            return;
        }
        if (applied != null) {
            OtherServer.requireHas(spec.mysql(), applied);
        }
        CdcSpec.Growth growth = spec.growth();
        Optional<String> read =
                growth == null
                        ? Optional.empty()
                        : StartPositions.lastBackfill(growth.config(), journal).map(Finished::read);
        if (read.isPresent()) {
            OtherServer.requireHas(spec.mysql(), read.get());
        }
    }
}
