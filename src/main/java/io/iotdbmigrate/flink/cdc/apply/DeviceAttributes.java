package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.flink.cdc.apply.GatheredChanges.LookedUp;
import io.iotdbmigrate.flink.cdc.apply.PointStates.PointState;
import io.iotdbmigrate.iotdb.AttributeStore;
import io.iotdbmigrate.iotdb.AttributeStore.Last;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of devices: each has those of its last row, the one with the greatest time that
 * IoTDB has of it. Where the last row went, MySQL knows those of the one before. Not thread-safe.
 */
final class DeviceAttributes {
    /** What is known of so many devices is kept until the next flush; of others IoTDB is asked. */
    private static final int MOST = 100_000;

    /** Stands for an attribute that a row says nothing about. */
    private static final Object AS_IT_IS = new Object();

    private final List<TableMapping> mappings;
    private final Target target;
    private final UnitPoints mysql;
    private final Map<Device, Last> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Device, Last> eldest) {
                    return size() > MOST;
                }
            };

    /**
     * @param mappings of the job
     * @param mysql its rows have the attributes behind their values
     */
    DeviceAttributes(List<TableMapping> mappings, Target target, UnitPoints mysql) {
        this.mappings = List.copyOf(mappings);
        this.target = target;
        this.mysql = mysql;
    }

    /**
     * Returns the values of a row that MySQL was asked for. It was asked without the look-ups,
     * whose values are those of the change that led to the question.
     */
    static @Nullable Object[] ofRow(
            TableMapping mapping, @Nullable Object[] row, @Nullable Object @Nullable [] ofChange) {
        if (mapping.attributes().stream().allMatch(a -> a.lookup() == null)) {
            return row;
        }
        Object[] values = row.clone();
        for (int a = 0; a < mapping.attributes().size(); a++) {
            int at = mapping.measurements().size() + a;
            if (mapping.attributes().get(a).lookup() != null) {
                values[at] = ofChange == null ? AS_IT_IS : ofChange[at];
            }
        }
        return values;
    }

    /** Brings the devices of rows that are in IoTDB now to the attributes of their last ones. */
    void settle(PointStates states) throws IOException {
        TableMapping mapping = states.table().mapping();
        if (mapping.attributes().isEmpty()) {
            return;
        }
        AttributeStore store = target.attributes();
        Map<Device, Last> before = before(states, mapping, store);
        Map<Device, Last> after = new HashMap<>();
        Set<Point> unknown = new HashSet<>();
        for (Map.Entry<Device, SortedMap<Long, PointState>> of : states.devices().entrySet()) {
            Device device = of.getKey();
            Last last = before.get(device);
            if (last == null) {
                known.remove(device);
                continue;
            }
            long time = Math.max(last.time(), newest(of.getValue()));
            PointState state = of.getValue().get(time);
            Object[] values = state == null ? null : state.values();
            if (values != null) {
                after.put(device, new Last(time, texts(mapping, values, last.attributes())));
            } else if (removedBehind(of.getValue(), time)) {
                unknown.add(new Point(device, time));
            } else {
                after.put(device, last);
            }
        }
        askMysql(states.index(), mapping, unknown, before, after);
        write(mapping, store, before, after);
    }

    /** Returns what the devices have. What is not known, or may have gone, is asked for. */
    private Map<Device, Last> before(PointStates states, TableMapping mapping, AttributeStore store)
            throws IOException {
        Map<Device, Last> before = new HashMap<>();
        List<Device> ask = new ArrayList<>();
        states.devices()
                .forEach(
                        (device, times) -> {
                            Last last = known.get(device);
                            if (last == null || removedBehind(times, last.time() - 1)) {
                                ask.add(device);
                            } else {
                                before.put(device, last);
                            }
                        });
        if (!ask.isEmpty()) {
            before.putAll(store.last(mapping, ask));
        }
        return before;
    }

    private static long newest(SortedMap<Long, PointState> times) {
        long newest = Long.MIN_VALUE;
        for (Map.Entry<Long, PointState> time : times.entrySet()) {
            if (time.getValue().values() != null) {
                newest = time.getKey();
            }
        }
        return newest;
    }

    /** Tells whether a row went whose time is greater than this one. */
    private static boolean removedBehind(SortedMap<Long, PointState> times, long time) {
        return time < Long.MAX_VALUE
                && times.tailMap(time + 1).values().stream()
                        .anyMatch(state -> state.values() == null && !state.marked());
    }

    /** Asks for the rows that are the last ones now that a later one went. */
    private void askMysql(
            int index,
            TableMapping mapping,
            Set<Point> unknown,
            Map<Device, Last> before,
            Map<Device, Last> after)
            throws IOException {
        if (unknown.isEmpty()) {
            return;
        }
        Map<Point, TargetRow> rows = mysql.standingAt(index, unknown);
        for (Point point : unknown) {
            TargetRow row = rows.get(point);
            Last last = before.get(point.device());
            if (row == null || last == null) {
                // MySQL has deleted this one, too: a change that is still to come says so.
                known.remove(point.device());
                continue;
            }
            Object[] values = ofRow(mapping, row.values(), null);
            after.put(
                    point.device(),
                    new Last(point.time(), texts(mapping, values, last.attributes())));
        }
    }

    private static List<@Nullable String> texts(
            TableMapping mapping, @Nullable Object[] values, List<@Nullable String> before) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int a = 0; a < mapping.attributes().size(); a++) {
            Object value = values[mapping.measurements().size() + a];
            texts.add(
                    value == AS_IT_IS
                            ? before.get(a)
                            : value == null
                                    ? null
                                    : new String((byte[]) value, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private void write(
            TableMapping mapping,
            AttributeStore store,
            Map<Device, Last> before,
            Map<Device, Last> after)
            throws IOException {
        Map<Device, Map<Integer, Optional<String>>> changed = new LinkedHashMap<>();
        after.forEach(
                (device, last) -> {
                    Last was = before.get(device);
                    Map<Integer, Optional<String>> values = new TreeMap<>();
                    for (int a = 0; a < mapping.attributes().size(); a++) {
                        Optional<String> value = Optional.ofNullable(last.attributes().get(a));
                        if (was == null
                                || !value.equals(Optional.ofNullable(was.attributes().get(a)))) {
                            values.put(a, value);
                        }
                    }
                    if (!values.isEmpty()) {
                        changed.put(device, values);
                    }
                });
        store.set(mapping, changed);
        known.putAll(after);
    }

    /** Forgets what is known of devices: a repair may write beside this. */
    void forget() {
        known.clear();
    }

    /** Sets what look-ups give now, behind all rows. */
    void lookedUp(Map<LookedUp, Optional<String>> attributes) throws IOException {
        for (Map.Entry<LookedUp, Optional<String>> of : attributes.entrySet()) {
            TableMapping mapping = mappings.get(of.getKey().mapping());
            int attribute = of.getKey().attribute();
            target.attributes().setLookedUp(mapping, attribute, of.getKey().key(), of.getValue());
        }
        if (!attributes.isEmpty()) {
            known.clear();
        }
    }
}
