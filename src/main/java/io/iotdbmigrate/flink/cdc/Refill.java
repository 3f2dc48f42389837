package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.rows.DuplicateRows;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import io.iotdbmigrate.mysql.rows.TablePoints;
import io.iotdbmigrate.mysql.rows.TablePoints.PointSink;
import io.iotdbmigrate.mysql.rows.UnitPoints;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A writer of rows that IoTDB lacks, as MySQL has them now. A row that changes meanwhile comes by
 * the binlog later, and leads to the same end. Not thread-safe.
 */
final class Refill implements AutoCloseable {
    private static final int POINTS_AT_ONCE = 5_000;

    private final CdcSpec spec;
    private final Target target;
    private final TablePoints points;
    private final UnitPoints standing;

    Refill(CdcSpec spec) {
        this.spec = spec;
        this.target = Targets.open(Retries.of(spec.iotdb(), spec.sink()));
        this.points = new TablePoints(spec.mysql());
        this.standing = new UnitPoints(spec.mappings(), DuplicateRows.behindBinlog(spec.mysql()));
    }

    /**
     * Ends clearings that were interrupted, before any change is handed on: only one task does it,
     * and no writer has anything to write yet.
     */
    static void recover(CdcSpec spec) throws IOException {
        List<TableMapping> pivoted =
                spec.mappings().stream().filter(TableMapping::isPivoted).toList();
        if (!pivoted.isEmpty()) {
            try (Target target = Targets.open(Retries.of(spec.iotdb(), spec.sink()))) {
                for (TableMapping mapping : pivoted) {
                    target.recover(mapping);
                }
            }
        }
    }

    Target target() {
        return target;
    }

    TablePoints points() {
        return points;
    }

    /** A giver of points that are to be written. */
    @FunctionalInterface
    interface Points {
        void each(TableMapping mapping, PointSink sink) throws IOException;
    }

    /** Writes the rows that stand at points of a unit. */
    void write(TargetUnit unit, Points points) throws IOException {
        Set<Point> batch = new HashSet<>();
        for (int index : unit.mappings()) {
            points.each(
                    spec.mappings().get(index),
                    point -> {
                        batch.add(point);
                        if (batch.size() >= POINTS_AT_ONCE) {
                            write(unit, batch);
                        }
                    });
        }
        write(unit, batch);
    }

    private void write(TargetUnit unit, Set<Point> batch) throws IOException {
        for (int index : unit.mappings()) {
            TableMapping mapping = spec.mappings().get(index);
            TabletBuffer rows = new TabletBuffer(mapping);
            for (TargetRow row : standing.standingAt(index, batch).values()) {
                if (mapping.keeps(row)) {
                    rows.add(row);
                }
            }
            if (!rows.isEmpty()) {
                target.update(rows);
            }
        }
        batch.clear();
    }

    /** Makes all that was written durable. */
    void flush() throws IOException {
        target.flush(spec.databases());
    }

    @Override
    public void close() {
        standing.close();
        target.close();
    }
}
