package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.held.Held;
import io.iotdbmigrate.flink.cdc.held.HeldTimes;
import io.iotdbmigrate.flink.cdc.held.TableNews;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.PartitionJournal.Kept;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.LateKey;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * The part of a replication that follows changes whose rows are not in the binlog, or stand before
 * them: of dropped partitions and tables, of foreign keys, where the mapping says so, and of
 * look-ups. It keeps in checkpoints what it needs for that. Not thread-safe.
 */
final class UnloggedChanges {
    private final KnownPartitions known;
    private final DroppedPartitions dropped;
    private final ListState<byte[]> knownState;
    private final ListState<byte[]> droppedState;
    private final CascadedRows cascaded;
    private final ListState<byte[]> cascadedState;
    private final KeptPartitions kept = new KeptPartitions();
    private final ListState<byte[]> keptState;
    private final List<TableMapping> mappings;
    private final LateRows late;
    private final ListState<byte[]> lateState;
    private final HeldTimes held;
    private final ListState<byte[]> heldState;

    /**
     * Takes what a checkpoint held.
     *
     * @param state gives the list of a name
     * @param named told of keys of look-ups of which rows were found
     * @param begins whether the replication begins where its spec says
     */
    UnloggedChanges(
            CdcSpec spec,
            Function<String, ListState<byte[]>> state,
            Consumer<LateKey> named,
            boolean begins)
            throws Exception {
        this.mappings = spec.mappings();
        this.droppedState = state.apply("dropped");
        this.knownState = state.apply("partitions");
        this.cascadedState = state.apply("cascaded");
        this.keptState = state.apply("kept");
        this.known = new KnownPartitions(spec);
        this.dropped = new DroppedPartitions(spec);
        this.cascaded = new CascadedRows(spec);
        this.late = new LateRows(spec, named);
        this.lateState = state.apply("late");
        for (byte[] key : lateState.get()) {
            late.add(StoredRecords.read(key, LateKey.class));
        }
        for (byte[] tables : cascadedState.get()) {
            cascaded.add(StoredRecords.read(tables, CascadedKeys.class));
        }
        for (byte[] partition : knownState.get()) {
            known.restore(StoredRecords.read(partition, KnownPartitions.Stored.class));
        }
        for (byte[] range : droppedState.get()) {
            dropped.add(StoredRecords.read(range, DroppedPartitions.Dropped.class));
        }
        for (byte[] range : keptState.get()) {
            kept.add(StoredRecords.read(range, Kept.class));
        }
        this.held = new HeldTimes(mappings);
        this.heldState = state.apply("held");
        for (byte[] times : heldState.get()) {
            held.restore(StoredRecords.read(times, Held.class));
        }
        held.look(spec.mysql());
        if (begins && spec.start() instanceof CdcStart.At at) {
            known.begin(at.createTable());
        }
    }

    /**
     * Looks which partitions there are.
     *
     * @throws IOException if MySQL is away
     */
    void look() throws IOException {
        known.look(System.currentTimeMillis());
    }

    /**
     * Follows a mark that has not been followed yet.
     *
     * @throws UserException exit code 6, if it tells of a partition whose range is not known
     */
    void follow(BinlogMark mark) throws IOException {
        if (mark.kind() == BinlogMark.Kind.PARTITION_DROPPED) {
            drop(PartitionNames.of(mark), mark.position());
        } else if (mark.kind() == BinlogMark.Kind.PARTITIONS_REARRANGED) {
            known.rearranged(PartitionNames.of(mark).id());
        } else if (mark.kind() == BinlogMark.Kind.CASCADED) {
            CascadedKeys.of(mark).forEach(cascaded::add);
        } else if (mark.kind() == BinlogMark.Kind.TABLES_CHANGED) {
            TableNews news = TableNews.of(mark.name());
            held.named(news, mark.position());
            for (TableId table : news.emptied()) {
                held.emptied(table, news, mark.position())
                        .ifPresent(r -> dropped.add(DroppedPartitions.Dropped.of(table, r)));
            }
        }
    }

    /** Decides for each mapping of the table what becomes of the rows. */
    private void drop(PartitionNames names, ChangePosition at) {
        List<TableMapping> own =
                mappings.stream().filter(m -> m.table().equals(names.id())).toList();
        boolean deletes = own.stream().anyMatch(m -> has(m, OnPartitionDrop.DELETE));
        List<Range> ranges = deletes ? known.dropped(names, at) : known.dropped(names);
        if (deletes) {
            ranges.forEach(r -> dropped.add(DroppedPartitions.Dropped.of(names.id(), r)));
        }
        own.stream()
                .filter(m -> has(m, OnPartitionDrop.IGNORE))
                .forEach(m -> ranges.forEach(r -> kept.add(names, r, m, at)));
    }

    private static boolean has(TableMapping mapping, OnPartitionDrop policy) {
        return mapping.onPartitionDrop() == policy;
    }

    /** Follows a row. */
    void row(int mapping, RowEvent event) {
        held.add(mapping, event.before());
        held.add(mapping, event.after());
    }

    /** Follows that the binlog is another server's from here on. */
    void otherServer() {
        held.otherServer();
    }

    /** Follows that a key has a name now whose rows may have come before it. */
    void late(LateKey key) {
        late.add(key);
    }

    /**
     * Notes what a checkpoint has to hold.
     *
     * @param read how far the binlog was read; null: not known yet
     */
    void snapshot(long checkpoint, @Nullable ChangePosition read) throws Exception {
        held.passed(read);
        heldState.update(StoredRecords.write(held.snapshot()));
        droppedState.update(StoredRecords.write(dropped.snapshot(checkpoint)));
        knownState.update(StoredRecords.write(known.snapshot()));
        cascadedState.update(StoredRecords.write(cascaded.snapshot(checkpoint)));
        keptState.update(StoredRecords.write(kept.snapshot(checkpoint)));
        lateState.update(StoredRecords.write(late.snapshot(checkpoint)));
    }

    /**
     * Brings IoTDB to what the changes before a completed checkpoint have led to.
     *
     * @param journal where rows that are kept are noted
     * @return whether all of it is done; what is not is done at a later checkpoint
     * @throws IOException if a server is away
     */
    boolean completed(long checkpoint, Journal journal) throws IOException {
        kept.completed(checkpoint, journal);
        boolean done = dropped.completed(checkpoint);
        cascaded.completed(checkpoint);
        late.completed(checkpoint);
        look();
        return done;
    }
}
