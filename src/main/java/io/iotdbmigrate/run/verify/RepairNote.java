package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifyJournal;
import java.io.IOException;
import java.util.UUID;

/** A note in the journal that a repair has begun, so that one that dies is known. */
final class RepairNote {
    private final Journal journal;
    private final String run = UUID.randomUUID().toString();
    private boolean begun;

    RepairNote(Journal journal) {
        this.journal = journal;
    }

    /** Returns what the entry about the end has, too. */
    String run() {
        return run;
    }

    /** Notes it, the first time. */
    void begun() throws IOException {
        if (!begun) {
            VerifyJournal.repairBegins(journal, run);
            begun = true;
        }
    }
}
