package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of one mapping come to: one final state per (device, time), however often it
 * changed. Not thread-safe.
 */
final class PointStates {
    private static final long ENTRY_BYTES = 200;

    /** Place of a row that is gone, among the times alone. */
    private static final long GONE_BYTES = 80;

    private static final PointState GONE =
            new PointState(null, false, false, false, false, List.of(), null);

    private final int index;
    private final Table table;
    private final Map<Device, SortedMap<Long, PointState>> devices = new HashMap<>();
    private boolean contested;
    private boolean clears;

    /**
     * @param index the mapping's place among those of the job
     */
    PointStates(int index, Table table) {
        this.index = index;
        this.table = table;
    }

    /**
     * How one point is to be in the end.
     *
     * @param values null if there is to be no row
     * @param replaces an older row may stand there, whose other values must go
     * @param contested other rows of the table may share the point: MySQL knows which one stands
     * @param marked the row was deleted, which is written down instead
     * @param latest values that a change came with at last, whether or not their row is gone since:
     *     what look-ups give is of the device, not of the row
     */
    @SuppressWarnings("ArrayRecordComponent")
    record PointState(
            @Nullable Object @Nullable [] values,
            boolean replaces,
            boolean contested,
            boolean inserted,
            boolean marked,
            List<Object> key,
            @Nullable Object @Nullable [] latest) {}

    /** Adds a change and tells by how many bytes, about, the heap held grew, or shrank. */
    long add(Change change) {
        SortedMap<Long, PointState> times =
                devices.computeIfAbsent(change.device(), d -> new TreeMap<>());
        PointState state = next(null, change);
        PointState before = times.putIfAbsent(change.time(), state);
        if (before != null) {
            state = next(before, change);
            times.put(change.time(), state);
        }
        contested |= state.contested();
        clears |= state.values() == null || state.replaces();
        return bytes(state) - (before == null ? 0 : bytes(before));
    }

    /** Tells whether some point may be contested. */
    boolean contested() {
        return contested;
    }

    /** Tells whether something may have to go; if not, rows were only added. */
    boolean clears() {
        return clears || contested;
    }

    private PointState next(@Nullable PointState before, Change change) {
        boolean shared = !change.key().isEmpty();
        boolean lastWins = table.mapping().onDuplicate() == OnDuplicate.LAST;
        boolean marks = table.mapping().onDelete() == OnDelete.MARK;
        if (change.kind() == Kind.DELETE) {
            if (!shared && !marks) {
                return GONE;
            }
            return new PointState(
                    marks ? kept(before, change) : null,
                    before != null && before.replaces(),
                    shared,
                    false,
                    marks,
                    change.key(),
                    before == null ? null : before.latest());
        }
        boolean insert = change.kind() == Kind.INSERT || change.kind() == Kind.ARRIVAL;
        boolean winsAnyway = change.kind() == Kind.INSERT && lastWins && table.ascendingKey();
        boolean firstStands =
                insert
                        && shared
                        && table.mapping().onDuplicate() == OnDuplicate.FIRST
                        && before != null
                        && before.values() != null
                        && !before.marked();
        return new PointState(
                firstStands ? before.values() : change.values(),
                // A row that is marked as deleted still has its values.
                !insert || before != null || shared || marks,
                shared && (!winsAnyway || (before != null && before.contested())),
                insert || (before != null && before.inserted()),
                false,
                change.key(),
                change.values());
    }

    /** Returns what a row that is marked as deleted has; null: what IoTDB has of it. */
    private @Nullable Object @Nullable [] kept(@Nullable PointState before, Change deletion) {
        Object[] had = deletion.values();
        if (had == null) {
            return before == null ? null : before.values();
        }
        return DeviceAttributes.ofRow(
                table.mapping(), had, before == null ? null : before.latest());
    }

    private static long bytes(PointState state) {
        if (state.equals(GONE)) {
            return GONE_BYTES;
        }
        long bytes = ENTRY_BYTES;
        Object[] held = state.latest() == null ? state.values() : state.latest();
        for (Object value : held == null ? new Object[0] : held) {
            bytes += value instanceof byte[] text ? 40 + text.length : 24;
        }
        return bytes;
    }

    Map<Device, SortedMap<Long, PointState>> devices() {
        return devices;
    }

    int index() {
        return index;
    }

    Table table() {
        return table;
    }
}
