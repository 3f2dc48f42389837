package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/**
 * The part of a replication that follows changes whose rows are not in the binlog: of dropped
 * partitions and of foreign keys, where the mapping says so. It keeps in checkpoints what it needs
 * for that. Not thread-safe.
 */
final class UnloggedChanges {
    private final KnownPartitions known;
    private final DroppedPartitions dropped;
    private final ListState<byte[]> knownState;
    private final ListState<byte[]> droppedState;
    private final CascadedRows cascaded;
    private final ListState<byte[]> cascadedState;

    /**
     * Takes what a checkpoint held.
     *
     * @param begins whether the replication begins where its spec says
     */
    UnloggedChanges(
            CdcSpec spec,
            ListState<byte[]> droppedState,
            ListState<byte[]> knownState,
            ListState<byte[]> cascadedState,
            boolean begins)
            throws Exception {
        this.known = new KnownPartitions(spec);
        this.dropped = new DroppedPartitions(spec);
        this.knownState = knownState;
        this.droppedState = droppedState;
        this.cascaded = new CascadedRows(spec);
        this.cascadedState = cascadedState;
        for (byte[] tables : cascadedState.get()) {
            cascaded.add(read(tables, CascadedKeys.class));
        }
        for (byte[] partition : knownState.get()) {
            known.restore(read(partition, KnownPartitions.Stored.class));
        }
        for (byte[] range : droppedState.get()) {
            dropped.add(read(range, DroppedPartitions.Dropped.class));
        }
        if (begins && spec.start() instanceof CdcStart.At at) {
            known.begin(at.createTable());
        }
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException {
        return StoredJson.fromText(new String(json, UTF_8), type);
    }

    private static List<byte[]> write(List<? extends Record> records) {
        return records.stream().map(r -> StoredJson.toText(r).getBytes(UTF_8)).toList();
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
            PartitionNames names = PartitionNames.of(mark);
            known.dropped(names, mark.position()).stream()
                    .map(range -> DroppedPartitions.Dropped.of(names.id(), range))
                    .forEach(dropped::add);
        } else if (mark.kind() == BinlogMark.Kind.PARTITIONS_REARRANGED) {
            known.rearranged(PartitionNames.of(mark).id());
        } else if (mark.kind() == BinlogMark.Kind.CASCADED) {
            CascadedKeys.of(mark).forEach(cascaded::add);
        }
    }

    void snapshot(long checkpoint) throws Exception {
        droppedState.update(write(dropped.snapshot(checkpoint)));
        knownState.update(write(known.snapshot()));
        cascadedState.update(write(cascaded.snapshot(checkpoint)));
    }

    /**
     * Brings IoTDB to what the changes before a completed checkpoint have led to.
     *
     * @throws IOException if a server is away
     */
    void completed(long checkpoint) throws IOException {
        dropped.completed(checkpoint);
        cascaded.completed(checkpoint);
        look();
    }
}
