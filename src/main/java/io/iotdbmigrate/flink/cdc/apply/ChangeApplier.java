package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cdc.apply.PointStates.PointState;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * An applier that brings IoTDB to the final state of each point that was changed: first what must
 * go, then what stands, in tablets. Not thread-safe.
 */
final class ChangeApplier implements AutoCloseable {
    private final Target target;
    private final UnitPoints mysql;
    private final List<String> databases;
    private final Counter points;
    private final Counter deletes;
    private final DeviceAttributes attributes;
    private boolean prepared;

    ChangeApplier(
            Target target,
            UnitPoints mysql,
            List<TableMapping> mappings,
            List<String> databases,
            MetricGroup metrics) {
        this.attributes = new DeviceAttributes(mappings, target, mysql);
        this.target = target;
        this.mysql = mysql;
        this.databases = databases;
        this.points = metrics.counter(CdcMetrics.POINTS);
        this.deletes = metrics.counter(CdcMetrics.DELETES);
    }

    void apply(GatheredChanges changes) throws IOException {
        if (!prepared) {
            target.createDatabases(databases);
            prepared = true;
        }
        for (PointStates states : changes.tables()) {
            if (states.contested()) {
                settleContested(states);
            }
            if (states.clears()) {
                remove(states);
            }
            put(states);
            attributes.settle(states);
        }
        attributes.lookedUp(changes.attributes());
    }

    /** Makes all that was applied durable, see {@link Target#flush}. */
    void flush() throws IOException {
        target.flush(databases);
        attributes.forget();
    }

    /** Asks MySQL which row stands where several may share a point. */
    private void settleContested(PointStates states) throws IOException {
        Map<Point, List<Object>> contested = new LinkedHashMap<>();
        states.devices()
                .forEach(
                        (device, times) ->
                                times.forEach(
                                        (time, state) -> {
                                            if (state.contested()) {
                                                contested.put(new Point(device, time), state.key());
                                            }
                                        }));
        Map<Point, TargetRow> standing = mysql.standing(states.index(), contested);
        for (Point point : contested.keySet()) {
            TargetRow row = standing.get(point);
            states.devices()
                    .get(point.device())
                    .computeIfPresent(
                            point.time(),
                            (time, old) -> settled(states.table().mapping(), old, row));
        }
    }

    /**
     * Returns how a point is to be in the end.
     *
     * @param row that MySQL has there now; null: none. Then the change stands as it was: what took
     *     the row away comes later, as a deletion or as a statement that drops its partition or
     *     table
     */
    private static PointState settled(
            TableMapping mapping, PointState old, @Nullable TargetRow row) {
        return new PointState(
                row == null
                        ? old.values()
                        : DeviceAttributes.ofRow(mapping, row.values(), old.latest()),
                true,
                false,
                old.inserted() || (row != null && old.marked()),
                row == null && old.marked(),
                old.key(),
                old.latest());
    }

    /** Removes rows that are gone, and the values that a row no longer has. */
    private void remove(PointStates states) throws IOException {
        TableMapping mapping = states.table().mapping();
        Map<BitSet, Map<Device, long[]>> goneByMeasurements = new LinkedHashMap<>();
        for (Map.Entry<Device, SortedMap<Long, PointState>> device : states.devices().entrySet()) {
            Map<BitSet, List<Long>> times = new LinkedHashMap<>();
            List<Long> unmarked = new ArrayList<>();
            device.getValue()
                    .forEach(
                            (time, state) -> {
                                BitSet gone = gone(mapping, state);
                                if (!gone.isEmpty()) {
                                    times.computeIfAbsent(gone, g -> new ArrayList<>()).add(time);
                                }
                                if (state.inserted() && !state.marked()) {
                                    unmarked.add(time);
                                }
                            });
            times.forEach(
                    (gone, list) ->
                            goneByMeasurements
                                    .computeIfAbsent(gone, g -> new LinkedHashMap<>())
                                    .put(device.getKey(), array(list)));
            if (mapping.onDelete() == OnDelete.MARK) {
                target.unmark(mapping, device.getKey(), array(unmarked));
            }
        }
        for (Map.Entry<BitSet, Map<Device, long[]>> group : goneByMeasurements.entrySet()) {
            target.clear(mapping, group.getKey().stream().boxed().toList(), group.getValue());
            group.getValue().values().forEach(times -> deletes.inc(times.length));
        }
    }

    private static long[] array(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** Returns the measurements that must go; of whole rows any one stands for the row. */
    private static BitSet gone(TableMapping mapping, PointState state) {
        BitSet gone = new BitSet();
        if (mapping.keepsWholeRows()) {
            gone.set(0, rowGoes(mapping, state));
            return gone;
        }
        Object[] values = state.values();
        if (values == null) {
            if (!state.marked()) {
                gone.set(0, mapping.measurements().size());
            }
        } else if (state.replaces()) {
            for (int i = 0; i < values.length; i++) {
                gone.set(i, values[i] == null);
            }
        }
        return gone;
    }

    private static boolean rowGoes(TableMapping mapping, PointState state) {
        Object[] values = state.values();
        return values == null
                ? !state.marked()
                : state.replaces() && Arrays.asList(fields(mapping, values)).contains(null);
    }

    private void put(PointStates states) throws IOException {
        TableMapping mapping = states.table().mapping();
        TabletBuffer rows = new TabletBuffer(mapping);
        TabletBuffer deleted = TabletBuffer.ofMarked(mapping);
        Map<Device, long[]> keptAsTheyAre = new LinkedHashMap<>();
        for (Map.Entry<Device, SortedMap<Long, PointState>> device : states.devices().entrySet()) {
            List<Long> marked = new ArrayList<>();
            for (Map.Entry<Long, PointState> entry : device.getValue().entrySet()) {
                boolean gone = entry.getValue().marked();
                Object[] values = fields(mapping, entry.getValue().values());
                if (values != null) {
                    TargetRow row = new TargetRow(device.getKey(), entry.getKey(), values);
                    if (gone) {
                        deleted.add(row.marked());
                        points.inc(present(values));
                    } else if (mapping.keeps(row)) {
                        rows.add(row);
                        points.inc(present(values));
                    }
                } else if (gone) {
                    marked.add(entry.getKey());
                }
            }
            if (!marked.isEmpty()) {
                keptAsTheyAre.put(device.getKey(), array(marked));
            }
        }
        if (!keptAsTheyAre.isEmpty()) {
            target.mark(mapping, keptAsTheyAre);
        }
        for (TabletBuffer written : List.of(deleted, rows)) {
            if (!written.isEmpty()) {
                target.update(written);
            }
        }
    }

    /** Returns the values of a row without those that are attributes of its device. */
    private static @Nullable Object @Nullable [] fields(
            TableMapping mapping, @Nullable Object @Nullable [] values) {
        return values == null || mapping.attributes().isEmpty()
                ? values
                : Arrays.copyOf(values, mapping.measurements().size());
    }

    private static int present(@Nullable Object[] values) {
        int present = 0;
        for (Object value : values) {
            present += value == null ? 0 : 1;
        }
        return present;
    }

    @Override
    public void close() {
        mysql.close();
        target.close();
    }
}
