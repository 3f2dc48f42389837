package io.iotdbmigrate.flink.sink;

import io.iotdbmigrate.config.MappingConfig.OnDelete;
import io.iotdbmigrate.flink.CdcMetrics;
import io.iotdbmigrate.flink.CdcSpec;
import io.iotdbmigrate.flink.sink.PointStates.PointState;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.SharedPoints;
import io.iotdbmigrate.mysql.SharedPoints.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Reduces changes to one final state per point and applies those soon after they have come, when
 * {@code sink.max_buffered} is reached, and before each checkpoint: first what must go, then what
 * stands, in tablets. How long it gathers follows from how long the last application took, and how
 * much that was: many changes are cheaper together, and single ones are visible within a fraction
 * of a second.
 */
final class ChangeWriter implements SinkWriter<Change> {
    private static final long TICK_MILLIS = 200;
    private static final long LONGEST_GATHERING_MILLIS = 1_000;

    /** Where so many come within a tick there is a backlog: nobody waits for a single change. */
    private static final int BACKLOG = 2_000;

    private final List<PointStates> tables;
    private final Target target;
    private final PointClearing clearing;
    private final SharedPoints mysql;
    private final long maxBytes;
    private final List<String> databases;
    private final Counter points;
    private final Counter deletes;
    private final Histogram flushMillis;
    private boolean prepared;
    private final ProcessingTimeService clock;
    private boolean unflushed;
    private @Nullable ScheduledFuture<?> gathering;
    private long gatheredMillis;
    private int gathered;
    private long lastTookMillis;

    ChangeWriter(
            CdcSpec spec,
            Target target,
            SharedPoints mysql,
            MetricGroup metrics,
            ProcessingTimeService clock) {
        this.clock = clock;
        this.tables = spec.tables().stream().map(PointStates::new).toList();
        this.target = target;
        this.clearing = new PointClearing(target);
        this.mysql = mysql;
        this.maxBytes = spec.sink().maxBufferedBytes();
        this.databases = spec.databases();
        this.points = metrics.counter(CdcMetrics.POINTS);
        this.deletes = metrics.counter(CdcMetrics.DELETES);
        this.flushMillis =
                metrics.histogram(CdcMetrics.FLUSH_MILLIS, new DescriptiveStatisticsHistogram(100));
    }

    @Override
    public void write(Change change, Context context) throws IOException {
        tables.get(change.mapping()).add(change);
        if (tables.stream().mapToLong(PointStates::bytes).sum() >= maxBytes) {
            apply();
        } else if (gathering == null) {
            gatheredMillis = 0;
            gathered = 0;
            tickLater();
        }
    }

    private void tickLater() {
        gathering =
                clock.registerTimer(clock.getCurrentProcessingTime() + TICK_MILLIS, time -> tick());
    }

    private void tick() throws IOException {
        gathering = null;
        int before = gathered;
        gathered = tables.stream().mapToInt(PointStates::points).sum();
        gatheredMillis += TICK_MILLIS;
        boolean ready = gathered - before < BACKLOG && gatheredMillis >= lastTookMillis;
        if (ready || gatheredMillis >= LONGEST_GATHERING_MILLIS) {
            long start = clock.getCurrentProcessingTime();
            apply();
            lastTookMillis = clock.getCurrentProcessingTime() - start;
        } else {
            tickLater();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        apply();
        if (unflushed) {
            long start = System.nanoTime();
            target.flush(databases);
            flushMillis.update((System.nanoTime() - start) / 1_000_000);
            unflushed = false;
        }
    }

    private void apply() throws IOException {
        try {
            for (PointStates states : tables) {
                if (!states.devices().isEmpty()) {
                    if (!prepared) {
                        target.createDatabases(databases);
                        prepared = true;
                    }
                    unflushed = true;
                    settleContested(states);
                    remove(states);
                    put(states);
                    states.clear();
                }
            }
        } catch (UserException e) {
            throw new SuppressRestartsException(e);
        }
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
        if (contested.isEmpty()) {
            return;
        }
        Map<Point, TargetRow> standing = mysql.standing(states.table().mapping(), contested);
        for (Point point : contested.keySet()) {
            TargetRow row = standing.get(point);
            states.devices()
                    .get(point.device())
                    .computeIfPresent(point.time(), (time, old) -> settled(old, row));
        }
    }

    private static PointState settled(PointState old, @Nullable TargetRow row) {
        return new PointState(
                row == null && !old.marked() ? null : row == null ? old.values() : row.values(),
                true,
                false,
                old.inserted() || (row != null && old.marked()),
                row == null && old.marked(),
                old.key());
    }

    /** Rows that are gone, and the values that a row no longer has. */
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
                target.unmark(device.getKey(), array(unmarked));
            }
        }
        for (Map.Entry<BitSet, Map<Device, long[]>> group : goneByMeasurements.entrySet()) {
            clearing.clear(mapping, group.getKey().stream().boxed().toList(), group.getValue());
            group.getValue().values().forEach(times -> deletes.inc(times.length));
        }
    }

    private static long[] array(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static BitSet gone(TableMapping mapping, PointState state) {
        BitSet gone = new BitSet();
        Object[] values = state.values();
        if (state.marked() && values == null) {
            return gone;
        }
        if (values == null) {
            gone.set(0, mapping.measurements().size());
        } else if (state.replaces()) {
            IntStream.range(0, values.length).filter(i -> values[i] == null).forEach(gone::set);
        }
        return gone;
    }

    private void put(PointStates states) throws IOException {
        TableMapping mapping = states.table().mapping();
        TabletBuffer rows = new TabletBuffer(mapping);
        for (Map.Entry<Device, SortedMap<Long, PointState>> device : states.devices().entrySet()) {
            List<Long> marked = new ArrayList<>();
            for (Map.Entry<Long, PointState> entry : device.getValue().entrySet()) {
                Object[] values = entry.getValue().values();
                if (values != null) {
                    TargetRow row = new TargetRow(device.getKey(), entry.getKey(), values);
                    if (!row.isEmpty()) {
                        rows.add(row);
                        points.inc(
                                IntStream.range(0, values.length)
                                        .filter(i -> values[i] != null)
                                        .count());
                    }
                }
                if (entry.getValue().marked()) {
                    marked.add(entry.getKey());
                }
            }
            if (!marked.isEmpty()) {
                target.mark(mapping, device.getKey(), array(marked));
            }
        }
        if (!rows.isEmpty()) {
            target.write(rows);
        }
    }

    @Override
    public void close() {
        if (gathering != null) {
            gathering.cancel(false);
        }
        mysql.close();
        target.close();
    }
}
