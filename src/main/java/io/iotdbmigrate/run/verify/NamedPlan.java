package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.VerifyListener;
import java.io.IOException;
import java.util.List;

/** The plan of a comparison: rows are named as replication names them. */
public final class NamedPlan {
    private NamedPlan() {}

    /** Plans with the names that replication keeps for rows of look-ups that are gone. */
    public static MigrationPlan of(MigrationConfig config, List<String> tables, Journal journal)
            throws IOException {
        return MigrationPlan.of(config, tables, gone(changed(config, journal)));
    }

    /** Plans likewise, and says which rows will differ for the name of their key is another one. */
    static MigrationPlan of(MigrationConfig config, List<String> tables, VerifyListener listener)
            throws IOException {
        try (Journal journal = Journal.of(config)) {
            List<NameChange> changed = changed(config, journal);
            long forked = changed.stream().filter(c -> !c.newName().isEmpty()).count();
            if (forked > 0) {
                listener.note(
                        forked
                                + " names of look-ups have changed since the backfill, by on_rename:"
                                + " fork; rows from before count as missing under the new name and"
                                + " as extra under the old one, until verify --repair has moved them");
            }
            return MigrationPlan.of(config, tables, gone(changed));
        }
    }

    private static List<NameChange> changed(MigrationConfig config, Journal journal)
            throws IOException {
        return config.lookups().isEmpty() ? List.of() : NameJournal.changed(journal.entries());
    }

    private static List<NameChange> gone(List<NameChange> changed) {
        return changed.stream().filter(c -> c.newName().isEmpty()).toList();
    }
}
