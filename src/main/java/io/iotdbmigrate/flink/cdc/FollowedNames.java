package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.KnownNames;
import io.iotdbmigrate.mapping.names.LateKey;
import io.iotdbmigrate.mapping.names.NameChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;

/**
 * The names of a replication as it stands: kept in its checkpoints, and in the journal where they
 * are no longer those of the look-ups' tables. Not thread-safe.
 */
final class FollowedNames {
    private final CdcSpec.Names spec;
    private final ListState<byte[]> state;
    private final KnownNames known;
    private final List<NameChange> untold = new ArrayList<>();
    private final SortedMap<Long, List<NameChange>> checkpoints = new TreeMap<>();
    private List<byte[]> bytes = List.of();

    /**
     * Takes what a checkpoint held.
     *
     * @param state empty if there is no checkpoint
     */
    FollowedNames(CdcSpec spec, ListState<byte[]> state) throws Exception {
        this.spec = spec.names();
        this.state = state;
        List<KnownNames.Stored> earlier = new ArrayList<>();
        for (byte[] stored : state.get()) {
            earlier.addAll(new KnownNamesSerializer().fromVersionedBytes(stored));
        }
        this.known = new KnownNames(this.spec.columns(), spec.mappings(), earlier);
    }

    /** Returns the mappings, whose look-ups are views of the names as they are. */
    List<TableMapping> mappings() {
        return known.mappings();
    }

    /** Returns how many of the followed tables are look-ups; they come first. */
    int count() {
        return spec.columns().size();
    }

    /**
     * Follows a change of a look-up's row.
     *
     * @return whether a name is another one now under which rows were named before
     * @throws io.iotdbmigrate.model.UserException exit code 6, if the replication cannot go on
     */
    boolean follow(RowEvent event) {
        if (spec.since() != null
                && event.position().isInBinlog()
                && spec.since().isBehind(event.position())) {
            return false;
        }
        List<NameChange> changes =
                known.follow(event.table(), event.before(), event.after(), event.position());
        untold.addAll(changes);
        return changes.stream().anyMatch(change -> !change.newName().isEmpty());
    }

    /** Takes note of what became of a row of a mapping. */
    void mapped(RowEvent event, boolean rejected) {
        int mapping = event.table() - count();
        known.named(mapping, event.before());
        if (rejected) {
            known.rejected(mapping, Objects.requireNonNull(event.after()));
        } else {
            known.named(mapping, event.after());
        }
    }

    /** Takes note that rows of a key were named. */
    void named(LateKey key) {
        known.named(key);
    }

    /** Returns keys that have got their names since it was last asked. */
    List<LateKey> takeLate() {
        return known.takeLate();
    }

    void snapshot(long checkpoint) throws Exception {
        if (count() == 0) {
            return;
        }
        if (known.takeChanged() || bytes.isEmpty()) {
            bytes = List.of(new KnownNamesSerializer().toVersionedBytes(known.stored()));
        }
        state.update(bytes);
        if (!untold.isEmpty()) {
            checkpoints.put(checkpoint, List.copyOf(untold));
            untold.clear();
        }
    }

    /** Notes in the journal what changed before a completed checkpoint. */
    void completed(long checkpoint, Journal journal) throws IOException {
        SortedMap<Long, List<NameChange>> due = checkpoints.headMap(checkpoint + 1);
        for (List<NameChange> changes : due.values()) {
            NameJournal.changed(journal, changes);
        }
        due.clear();
    }
}
