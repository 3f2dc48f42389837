package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.DifferenceMap.Cell;
import io.iotdbmigrate.verify.DifferenceMap.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A maker of maps, in two passes over the differences: the first one measures, the second one
 * counts. Its memory does not grow with the number of differences. Not thread-safe.
 */
public final class DifferenceMaps {
    private static final int MOST_DEVICES = 100_000;

    private final TimePrecision precision;
    private final int mostDevices;
    private final Map<Integer, Extent> extents = new HashMap<>();
    private final Map<Integer, Counts> counts = new TreeMap<>();

    public DifferenceMaps(TimePrecision precision) {
        this(precision, MOST_DEVICES);
    }

    /**
     * @param mostDevices of a table that are told apart
     */
    DifferenceMaps(TimePrecision precision, int mostDevices) {
        this.precision = precision;
        this.mostDevices = mostDevices;
    }

    /** Takes a difference in the first pass. */
    public void measure(Difference difference) {
        RowKey key = difference.key();
        extents.computeIfAbsent(key.table(), t -> new Extent()).add(key, mostDevices);
    }

    /** Takes a difference in the second pass, in which there are the same. */
    public void add(Difference difference) {
        counts.computeIfAbsent(difference.key().table(), t -> new Counts(extents.get(t), precision))
                .add(difference);
    }

    /**
     * Returns the maps of those tables that have differences.
     *
     * @param names of all tables
     */
    public List<DifferenceMap> of(List<String> names) {
        List<DifferenceMap> maps = new ArrayList<>();
        counts.forEach((table, counted) -> maps.add(counted.map(names.get(table), precision)));
        return maps;
    }

    /** What one table's differences span. */
    private static final class Extent {
        private final TreeSet<String> devices = new TreeSet<>();
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void add(RowKey key, int mostDevices) {
            first = Math.min(first, key.time());
            last = Math.max(last, key.time());
            if (devices.size() < mostDevices) {
                devices.add(key.device());
            }
        }
    }

    /** One table's differences, counted by group and slice. */
    private static final class Counts {
        private final DeviceRows rows;
        private final TimeSlices slices;
        private final Map<Integer, TreeMap<Integer, long[]>> cells = new HashMap<>();

        Counts(Extent extent, TimePrecision precision) {
            rows = DeviceRows.of(extent.devices);
            slices = TimeSlices.of(extent.first, extent.last, precision);
        }

        void add(Difference difference) {
            RowKey key = difference.key();
            cells.computeIfAbsent(rows.of(key.device()), r -> new TreeMap<>())
                    .computeIfAbsent(slices.of(key.time()), s -> new long[3])[kind(difference)]++;
        }

        private static int kind(Difference difference) {
            if (difference instanceof Difference.Missing) {
                return 0;
            }
            return difference instanceof Difference.Extra ? 1 : 2;
        }

        DifferenceMap map(String table, TimePrecision precision) {
            List<Row> all = new ArrayList<>();
            for (List<String> group : rows.groups()) {
                String last = group.get(group.size() - 1);
                all.add(new Row(group.get(0), last, group.size(), cells(all.size())));
            }
            if (cells.containsKey(all.size())) {
                all.add(new Row("", "", 0, cells(all.size())));
            }
            return new DifferenceMap(
                    table, precision, slices.starts(precision), slices.end(precision), all);
        }

        private List<Cell> cells(int row) {
            List<Cell> found = new ArrayList<>();
            cells.get(row).forEach((slice, c) -> found.add(new Cell(slice, c[0], c[1], c[2])));
            return found;
        }
    }
}
