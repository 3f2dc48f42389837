package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.KnownNames;
import io.iotdbmigrate.mapping.names.LateKey;
import io.iotdbmigrate.mapping.names.NameChange;
import io.iotdbmigrate.model.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * The names of a replication as it stands: kept in its checkpoints, and in the journal where they
 * are no longer those of the look-ups' tables. Not thread-safe.
 */
final class FollowedNames {
    private final CdcSpec.Names spec;
    private final ListState<byte[]> state;
    private final ListState<byte[]> sinceState;
    private final ListState<byte[]> untoldState;
    private final KnownNames known;
    private final Outstanding<NameChange> untold = new Outstanding<>();
    private @Nullable NamesSince since;
    private List<byte[]> bytes = List.of();

    /**
     * Takes what a checkpoint held.
     *
     * @param spec counts if there is no checkpoint
     * @param mappings whose look-ups are to be these
     * @param state gives the list of a name; empty if there is no checkpoint
     */
    FollowedNames(
            CdcSpec.Names spec,
            List<TableMapping> mappings,
            Function<String, ListState<byte[]>> state)
            throws Exception {
        this.spec = spec;
        this.state = state.apply("names");
        this.sinceState = state.apply("names-since");
        this.untoldState = state.apply("names-changed");
        List<KnownNames.Stored> earlier = new ArrayList<>();
        for (byte[] stored : this.state.get()) {
            earlier.addAll(new KnownNamesSerializer().fromVersionedBytes(stored));
        }
        this.known = new KnownNames(spec.columns(), mappings, earlier);
        this.since = earlier.isEmpty() ? spec.since() : null;
        for (byte[] stored : sinceState.get()) {
            since = new NamesSinceSerializer().fromVersionedBytes(stored);
        }
        for (byte[] change : untoldState.get()) {
            untold.add(StoredRecords.read(change, NameChange.class));
        }
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
     * @param place where it counts, see {@link NamesSince#has}
     * @param server whose binlog has that; null if it is not known
     * @return whether a name is another one now under which rows were named before
     * @throws io.iotdbmigrate.model.UserException exit code 6, if the replication cannot go on
     */
    boolean follow(RowEvent event, BinlogEvent place, @Nullable String server) {
        NamesSince read = since;
        if (read != null && read.has(place, server, spec.columns().get(event.table()).table())) {
            return false;
        }
        List<NameChange> changes =
                known.follow(event.table(), event.before(), event.after(), event.position());
        changes.forEach(untold::add);
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

    /**
     * Returns a row of a mapping as one of the key that has its names now, see {@link KnownNames}.
     */
    @Nullable Object @Nullable [] heir(int mapping, @Nullable Object[] row) {
        return known.heir(mapping, row);
    }

    /** Takes note that rows of a key were named. */
    void named(LateKey key) {
        known.named(key);
    }

    /** Returns keys that have got their names since it was last asked. */
    List<LateKey> takeLate() {
        return known.takeLate();
    }

    /** Returns, for each writer, the attributes of devices that changed since it was last asked. */
    List<Change> takeAttributes(int writers) {
        return known.takeAttributes().stream()
                .flatMap(changed -> AttributeChanges.of(mappings(), changed, writers).stream())
                .toList();
    }

    /** Keeps what a checkpoint has to hold of a replication that is as far as this. */
    void snapshot(long checkpoint, ChangeProgress progress) throws Exception {
        if (count() == 0) {
            return;
        }
        if (known.takeChanged() || bytes.isEmpty()) {
            bytes = List.of(new KnownNamesSerializer().toVersionedBytes(known.stored()));
        }
        state.update(bytes);
        untoldState.update(StoredRecords.write(untold.snapshot(checkpoint)));
        NamesSince read = since;
        if (read == null || read.isPassed(progress)) {
            since = null;
            sinceState.clear();
        } else {
            sinceState.update(List.of(new NamesSinceSerializer().toVersionedBytes(read)));
        }
    }

    /** A keeper of changed names. */
    @FunctionalInterface
    interface Keeper {
        void keep(List<NameChange> changes) throws IOException;
    }

    /**
     * Hands over what changed before a completed checkpoint.
     *
     * @throws IOException if it is not kept; it is handed over again
     */
    void completed(long checkpoint, Keeper journal) throws IOException {
        List<NameChange> due = untold.due(checkpoint);
        if (!due.isEmpty()) {
            journal.keep(due);
        }
        untold.done(checkpoint);
    }
}
