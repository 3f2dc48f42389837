package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The partitions that MySQL has dropped while IoTDB still has their rows. What IoTDB has in their
 * ranges of time is deleted when a checkpoint completes: every change that stands before the
 * statement is applied then. Rows that MySQL has in such a range now, as of readings that came
 * late, are written again. Doing it twice does no harm. Not thread-safe.
 */
final class DroppedPartitions {
    private static final int POINTS_AT_ONCE = 5_000;

    private final CdcSpec spec;
    private final Set<Dropped> dropped = new HashSet<>();
    private final SortedMap<Long, Set<Dropped>> checkpoints = new TreeMap<>();

    DroppedPartitions(CdcSpec spec) {
        this.spec = spec;
    }

    /**
     * A range of time of a table that has lost its rows, as a checkpoint has it.
     *
     * @param from in the unit of IoTDB, included
     * @param last included
     */
    record Dropped(String database, String table, long from, long last) {
        static Dropped of(TableId table, Range range) {
            return new Dropped(table.database(), table.table(), range.from(), range.last());
        }

        boolean has(long time) {
            return from <= time && time <= last;
        }
    }

    /** Adds a range. */
    void add(Dropped range) {
        dropped.add(range);
    }

    /** Returns what a checkpoint has to hold: the ranges whose rows are not deleted yet. */
    List<Dropped> snapshot(long checkpoint) {
        if (!dropped.isEmpty()) {
            checkpoints.put(checkpoint, new HashSet<>(dropped));
            dropped.clear();
        }
        return checkpoints.values().stream().flatMap(Set::stream).distinct().toList();
    }

    /**
     * Deletes the rows of the ranges that were there at a checkpoint or before.
     *
     * @throws IOException if a server is away; the ranges stay
     */
    void completed(long checkpoint) throws IOException {
        SortedMap<Long, Set<Dropped>> due = checkpoints.headMap(checkpoint + 1);
        if (due.isEmpty()) {
            return;
        }
        try (Target target = Targets.open(Retries.of(spec.iotdb(), spec.sink()));
                UnitPoints mysql =
                        new UnitPoints(spec.mappings(), new DuplicateRows(spec.mysql()));
                DuplicateRows points = new DuplicateRows(spec.mysql())) {
            for (Dropped range : due.values().stream().flatMap(Set::stream).distinct().toList()) {
                for (TargetUnit unit : TargetUnit.of(spec.mappings())) {
                    if (unit.mappings().stream().anyMatch(i -> isOf(range, i))) {
                        empty(unit, range, target);
                        refill(unit, range, target, mysql, points);
                    }
                }
            }
            target.flush(spec.databases());
        }
        due.clear();
    }

    private boolean isOf(Dropped range, int mapping) {
        return spec.mappings()
                .get(mapping)
                .table()
                .equals(new TableId(range.database(), range.table()));
    }

    private void empty(TargetUnit unit, Dropped range, Target target) throws IOException {
        for (int mapping : unit.mappings()) {
            target.erase(spec.mappings().get(mapping), range.from(), range.last());
        }
    }

    private void refill(
            TargetUnit unit, Dropped range, Target target, UnitPoints mysql, DuplicateRows points)
            throws IOException {
        Set<Point> batch = new HashSet<>();
        for (int mapping : unit.mappings()) {
            points.pointsIn(
                    spec.mappings().get(mapping),
                    range.from(),
                    range.last(),
                    point -> {
                        if (range.has(point.time())) {
                            batch.add(point);
                        }
                        if (batch.size() >= POINTS_AT_ONCE) {
                            write(unit, batch, target, mysql);
                        }
                    });
        }
        write(unit, batch, target, mysql);
    }

    private void write(TargetUnit unit, Set<Point> batch, Target target, UnitPoints mysql)
            throws IOException {
        for (int index : unit.mappings()) {
            TableMapping mapping = spec.mappings().get(index);
            TabletBuffer rows = new TabletBuffer(mapping);
            for (TargetRow row : mysql.standingAt(index, batch).values()) {
                if (!row.isEmpty()) {
                    rows.add(row);
                }
            }
            if (!rows.isEmpty()) {
                target.write(rows);
            }
        }
        batch.clear();
    }
}
