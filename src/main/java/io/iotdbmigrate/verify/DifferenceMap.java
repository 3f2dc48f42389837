package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TimePrecision;
import java.time.Instant;
import java.util.List;

/**
 * Where the differences of a table lie: groups of devices by slices of time, few of both however
 * many there are.
 *
 * @param precision of the times of IoTDB
 * @param starts first times of the slices, which follow each other without a gap
 * @param end of the last slice
 * @param rows groups of devices that have differences, in the order of their paths
 */
public record DifferenceMap(
        String table, TimePrecision precision, List<Instant> starts, Instant end, List<Row> rows) {

    public DifferenceMap {
        starts = List.copyOf(starts);
        rows = List.copyOf(rows);
    }

    /**
     * Devices whose paths follow each other.
     *
     * @param first path; empty in the last row if that is of all devices beyond those that are kept
     *     apart
     * @param devices how many of them have differences; 0 if they were not told apart
     * @param cells those with differences, in the order of their slices
     */
    public record Row(String first, String last, long devices, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Differences of a group of devices in a slice of time.
     *
     * @param slice its index
     */
    public record Cell(int slice, long missing, long extra, long different) {
        public long count() {
            return missing + extra + different;
        }
    }
}
