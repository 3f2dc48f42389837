package io.iotdbmigrate.flink.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/**
 * The part of a replication that follows drops of partitions where IoTDB is to lose their rows, and
 * keeps in checkpoints what it needs for it. Not thread-safe.
 */
final class PartitionDrops {
    private final KnownPartitions known;
    private final DroppedPartitions dropped;
    private final ListState<byte[]> knownState;
    private final ListState<byte[]> droppedState;

    /**
     * Takes what a checkpoint held.
     *
     * @param begins whether the replication begins where its spec says
     */
    PartitionDrops(
            CdcSpec spec,
            ListState<byte[]> droppedState,
            ListState<byte[]> knownState,
            boolean begins)
            throws Exception {
        this.known = new KnownPartitions(spec);
        this.dropped = new DroppedPartitions(spec);
        this.knownState = knownState;
        this.droppedState = droppedState;
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
        }
    }

    void snapshot(long checkpoint) throws Exception {
        droppedState.update(write(dropped.snapshot(checkpoint)));
        knownState.update(write(known.snapshot()));
    }

    /**
     * Deletes what a completed checkpoint lets go.
     *
     * @throws IOException if a server is away
     */
    void completed(long checkpoint) throws IOException {
        dropped.completed(checkpoint);
        look();
    }
}
