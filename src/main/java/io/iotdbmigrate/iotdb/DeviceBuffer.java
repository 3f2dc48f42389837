package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;
import java.util.Arrays;
import java.util.List;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one device, packed one behind the other, until they become a tablet. What a tablet costs
 * the server hardly depends on its rows, so as many rows as possible are to fit into the memory
 * that is allowed: see {@link PackedRows}. Rows of one time are reduced to the last that was added:
 * its nulls count as nulls. Not thread-safe.
 */
final class DeviceBuffer {
    private static final long OBJECTS = 160;

    private final PackedRows packed;
    private final int columns;
    private long lastTime = Long.MIN_VALUE;
    private int rows;
    private boolean ascending = true;

    /**
     * Creates one without rows.
     *
     * @param packed see {@link PackedRows}
     */
    DeviceBuffer(TargetType[] types, RowPacker packed) {
        this.packed = new PackedRows(types, packed);
        this.columns = types.length;
    }

    /** Returns the heap held, about. */
    long bytes() {
        return OBJECTS + Long.BYTES * (long) columns + packed.capacity();
    }

    int rows() {
        return rows;
    }

    /** Adds a row and tells by how many bytes the buffer grew. */
    long add(long time, @Nullable Object[] values) {
        long before = packed.capacity();
        packed.add(time, values);
        ascending &= rows == 0 || time > lastTime;
        lastTime = time;
        rows++;
        return packed.capacity() - before;
    }

    /** Returns the rows as a tablet, times strictly ascending. */
    Tablet toTablet(String device, List<IMeasurementSchema> schemas) {
        long[] times = new long[rows];
        ColumnArrays read = packed.unpack(rows, times);
        if (ascending) {
            return tablet(device, schemas, times, read, rows);
        }
        int[] order = survivorsByTime(times);
        long[] sorted = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = times[order[i]];
        }
        return tablet(device, schemas, sorted, read.pick(order), order.length);
    }

    private static Tablet tablet(
            String device,
            List<IMeasurementSchema> schemas,
            long[] times,
            ColumnArrays columns,
            int rows) {
        BitMap @Nullable [] nulls = columns.nulls();
        return new Tablet(device, schemas, times, columns.values(), nulls, rows);
    }

    /** Returns row numbers by time; of several with one time the last added. */
    private static int[] survivorsByTime(long[] times) {
        Integer[] byTime = new Integer[times.length];
        Arrays.setAll(byTime, i -> i);
        Arrays.sort(byTime, (a, b) -> Long.compare(times[a], times[b]));
        int[] order = new int[times.length];
        int count = 0;
        for (int i = 0; i < byTime.length; i++) {
            boolean superseded = i + 1 < byTime.length && times[byTime[i]] == times[byTime[i + 1]];
            if (!superseded) {
                order[count++] = byTime[i];
            }
        }
        return Arrays.copyOf(order, count);
    }
}
