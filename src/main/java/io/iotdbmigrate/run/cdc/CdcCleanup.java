package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.flink.io.RejectedFiles;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** What is left to do when a replication has ended; doing it twice does no harm. */
public final class CdcCleanup {
    private CdcCleanup() {}

    /**
     * Removes the note about a replication that has ended, merges what it rejected, and notes in
     * the journal that it was stopped.
     */
    public static void run(RunningJob ended, StateFolder state, Journal journal)
            throws IOException {
        Files.deleteIfExists(state.runningFile());
        if (!ended.savepoints().isEmpty()) {
            Files.createDirectories(state.path());
            RejectedFiles.merge(ended.workDir(), state.rejectedChanges());
        }
        Optional<Applied> applied = CdcJournal.read(journal);
        if (applied.isPresent()) {
            CdcJournal.write(journal, applied.get().stopped());
        }
    }
}
