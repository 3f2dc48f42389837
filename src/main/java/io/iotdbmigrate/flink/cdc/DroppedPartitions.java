package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.flink.cdc.held.NamesNow;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.io.IOException;
import java.util.List;

/**
 * The partitions and tables that MySQL has dropped while IoTDB still has their rows. What IoTDB has
 * in their ranges of time is deleted when a checkpoint completes: every change that stands before
 * the statement is applied then. Rows that MySQL has in such a range now, as of readings that came
 * late, are written again. Doing it twice does no harm. Not thread-safe.
 */
final class DroppedPartitions {
    private final CdcSpec spec;
    private final Outstanding<Dropped> outstanding = new Outstanding<>();

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
        outstanding.add(range);
    }

    /** Returns what a checkpoint has to hold: the ranges whose rows are not deleted yet. */
    List<Dropped> snapshot(long checkpoint) {
        return outstanding.snapshot(checkpoint);
    }

    /**
     * Deletes the rows of the ranges that were there at a checkpoint or before.
     *
     * @return whether all are: a table that gets another name meanwhile may hide rows that stay,
     *     and the ranges stay for a later checkpoint then
     * @throws IOException if a server is away; the ranges stay
     */
    boolean completed(long checkpoint) throws IOException {
        List<Dropped> due = outstanding.due(checkpoint);
        if (due.isEmpty()) {
            return true;
        }
        List<TableMapping> concerned =
                TargetUnit.of(spec.mappings()).stream()
                        .filter(u -> due.stream().anyMatch(range -> isOf(range, u)))
                        .flatMap(u -> u.mappings().stream())
                        .map(spec.mappings()::get)
                        .toList();
        NamesNow before = NamesNow.of(spec.mysql(), concerned);
        if (before.mayHideRows()) {
            return false;
        }
        try (Refill refill = new Refill(spec)) {
            for (Dropped range : due) {
                for (TargetUnit unit : TargetUnit.of(spec.mappings())) {
                    if (isOf(range, unit)) {
                        replace(unit, range, refill);
                    }
                }
            }
            refill.flush();
        }
        if (!NamesNow.of(spec.mysql(), concerned).equals(before)) {
            return false;
        }
        outstanding.done(checkpoint);
        return true;
    }

    private boolean isOf(Dropped range, TargetUnit unit) {
        return unit.mappings().stream().anyMatch(i -> isOf(range, i));
    }

    private boolean isOf(Dropped range, int mapping) {
        TableMapping one = spec.mappings().get(mapping);
        return one.onPartitionDrop() == OnPartitionDrop.DELETE
                && one.table().equals(new TableId(range.database(), range.table()));
    }

    private void replace(TargetUnit unit, Dropped range, Refill refill) throws IOException {
        for (int mapping : unit.mappings()) {
            refill.target().erase(spec.mappings().get(mapping), range.from(), range.last());
        }
        refill.write(
                unit,
                (mapping, sink) ->
                        refill.points()
                                .pointsIn(
                                        mapping,
                                        range.from(),
                                        range.last(),
                                        point -> {
                                            if (range.has(point.time())) {
                                                sink.accept(point);
                                            }
                                        }));
    }
}
