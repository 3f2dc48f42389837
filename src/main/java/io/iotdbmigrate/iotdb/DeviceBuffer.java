package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * Returns the rows as tablets, times strictly ascending: one, if it has no more bytes than
     * these.
     *
     * @param holder the path of the device in IoTDB
     * @param mostBytes of each tablet; a row that is longer is one of its own
     */
    List<SizedTablet> toTablets(
            String device, String holder, List<IMeasurementSchema> schemas, long mostBytes) {
        long[] times = new long[rows];
        ColumnArrays read = packed.unpack(rows, times);
        int[] order = ascending ? IntStream.range(0, rows).toArray() : survivorsByTime(times);
        List<SizedTablet> tablets = new ArrayList<>();
        long names = device.length() + OBJECTS + OBJECTS * (long) columns;
        long bytes = names;
        int from = 0;
        for (int i = 0; i < order.length; i++) {
            long row = Long.BYTES + columns + read.bytes(order[i]);
            if (i > from && bytes + row > mostBytes) {
                tablets.add(tablet(device, holder, schemas, times, read, order, from, i, bytes));
                from = i;
                bytes = names;
            }
            bytes += row;
        }
        tablets.add(tablet(device, holder, schemas, times, read, order, from, order.length, bytes));
        return tablets;
    }

    private SizedTablet tablet(
            String device,
            String holder,
            List<IMeasurementSchema> schemas,
            long[] times,
            ColumnArrays read,
            int[] order,
            int from,
            int to,
            long bytes) {
        boolean whole = ascending && to - from == rows;
        int[] picked = Arrays.copyOfRange(order, from, to);
        ColumnArrays columns = whole ? read : read.pick(picked);
        long[] sorted = whole ? times : Arrays.stream(picked).mapToLong(i -> times[i]).toArray();
        BitMap @Nullable [] nulls = columns.nulls();
        return new SizedTablet(
                device,
                new Tablet(holder, schemas, sorted, columns.values(), nulls, picked.length),
                bytes);
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
