package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mysql.rows.OldestRow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tables of which MySQL has dropped partitions, and IoTDB has their rows yet. What IoTDB has of
 * before MySQL's oldest row is deleted when a checkpoint completes: every change that stands before
 * the statement is applied then, and doing it twice does no harm. Not thread-safe.
 */
final class DroppedPartitions {
    private final CdcSpec spec;
    private final Set<String> tables = new TreeSet<>();
    private final SortedMap<Long, Set<String>> checkpoints = new TreeMap<>();

    DroppedPartitions(CdcSpec spec) {
        this.spec = spec;
    }

    /**
     * Adds a table.
     *
     * @param table as {@code database.table}
     */
    void add(String table) {
        tables.add(table);
    }

    /** Returns what a checkpoint has to hold: the tables whose rows are not deleted yet. */
    Collection<String> snapshot(long checkpoint) {
        if (!tables.isEmpty()) {
            checkpoints.put(checkpoint, new TreeSet<>(tables));
            tables.clear();
        }
        Set<String> open = new TreeSet<>();
        checkpoints.values().forEach(open::addAll);
        return open;
    }

    /**
     * Deletes the rows of the tables that were there at a checkpoint or before.
     *
     * @throws IOException if IoTDB is away; they stay
     */
    void completed(long checkpoint) throws IOException {
        SortedMap<Long, Set<String>> due = checkpoints.headMap(checkpoint + 1);
        if (due.isEmpty()) {
            return;
        }
        Set<String> names = new TreeSet<>();
        due.values().forEach(names::addAll);
        try (Target target = Targets.open(Retries.of(spec.iotdb(), spec.sink()))) {
            for (TargetUnit unit : TargetUnit.of(spec.mappings())) {
                List<TableMapping> mappings = new ArrayList<>();
                unit.mappings().forEach(i -> mappings.add(spec.mappings().get(i)));
                if (mappings.stream().anyMatch(m -> names.contains(name(m)))) {
                    long oldest = OldestRow.time(spec.mysql(), mappings);
                    for (TableMapping mapping : mappings) {
                        target.erase(mapping, oldest);
                    }
                }
            }
            target.flush(spec.databases());
        }
        due.clear();
    }

    private static String name(TableMapping mapping) {
        return mapping.table().database() + "." + mapping.table().table();
    }
}
