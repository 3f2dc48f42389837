package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one device, column by column in arrays of their own type, until they become a tablet.
 * Rows of one time are reduced to the last that was added: its nulls count as nulls. Not
 * thread-safe.
 */
final class DeviceBuffer {
    private static final int FIRST_CAPACITY = 4;

    private final TargetType[] types;
    private final Object[] columns;
    private final long[] @Nullable [] nulls;
    private long[] times = new long[FIRST_CAPACITY];
    private int rows;
    private long bytes;
    private boolean ascending = true;

    DeviceBuffer(TargetType[] types) {
        this.types = types;
        this.columns = new Object[types.length];
        this.nulls = new long[types.length][];
        for (int c = 0; c < types.length; c++) {
            columns[c] = newArray(types[c], FIRST_CAPACITY);
        }
        this.bytes = emptyBytes(types);
    }

    /** Heap held, about. */
    long bytes() {
        return bytes;
    }

    int rows() {
        return rows;
    }

    /** Adds a row and tells by how many bytes the buffer grew. */
    long add(long time, @Nullable Object[] values) {
        long grown = 0;
        if (rows == times.length) {
            grown += grow();
        }
        if (rows > 0 && time <= times[rows - 1]) {
            ascending = false;
        }
        times[rows] = time;
        for (int c = 0; c < types.length; c++) {
            Object value = values[c];
            if (value == null) {
                setNull(c, rows);
            } else {
                grown += set(c, rows, value);
            }
        }
        rows++;
        bytes += grown;
        return grown;
    }

    /** Bytes of a buffer that holds nothing yet. */
    static long emptyBytes(TargetType[] types) {
        long bytes = 96 + 8L * FIRST_CAPACITY;
        for (TargetType type : types) {
            bytes += 24 + (long) width(type) * FIRST_CAPACITY;
        }
        return bytes;
    }

    private long grow() {
        int capacity = times.length * 2;
        long grown = 8L * (capacity - times.length);
        times = Arrays.copyOf(times, capacity);
        for (int c = 0; c < types.length; c++) {
            Object bigger = newArray(types[c], capacity);
            System.arraycopy(columns[c], 0, bigger, 0, rows);
            columns[c] = bigger;
            grown += (long) width(types[c]) * (capacity - rows);
            if (nulls[c] != null) {
                nulls[c] = Arrays.copyOf(nulls[c], (capacity + 63) / 64);
            }
        }
        return grown;
    }

    private void setNull(int column, int row) {
        long[] bits = nulls[column];
        if (bits == null) {
            bits = new long[(times.length + 63) / 64];
            nulls[column] = bits;
        }
        bits[row >> 6] |= 1L << row;
        if (types[column].isBinary()) {
            ((Binary[]) columns[column])[row] = Binary.EMPTY_VALUE;
        }
    }

    private long set(int column, int row, Object value) {
        switch (types[column]) {
            case BOOLEAN -> ((boolean[]) columns[column])[row] = (Boolean) value;
            case INT32 -> ((int[]) columns[column])[row] = (Integer) value;
            case INT64, TIMESTAMP -> ((long[]) columns[column])[row] = (Long) value;
            case FLOAT -> ((float[]) columns[column])[row] = (Float) value;
            case DOUBLE -> ((double[]) columns[column])[row] = (Double) value;
            case DATE -> ((LocalDate[]) columns[column])[row] = (LocalDate) value;
            case TEXT, STRING, BLOB -> {
                byte[] bytes = (byte[]) value;
                ((Binary[]) columns[column])[row] = new Binary(bytes);
                return 40L + bytes.length;
            }
        }
        return 0;
    }

    private static Object newArray(TargetType type, int length) {
        return switch (type) {
            case BOOLEAN -> new boolean[length];
            case INT32 -> new int[length];
            case INT64, TIMESTAMP -> new long[length];
            case FLOAT -> new float[length];
            case DOUBLE -> new double[length];
            case DATE -> new LocalDate[length];
            case TEXT, STRING, BLOB -> new Binary[length];
        };
    }

    private static int width(TargetType type) {
        return switch (type) {
            case BOOLEAN -> 1;
            case INT32, FLOAT, DATE -> 4;
            case INT64, TIMESTAMP, DOUBLE, TEXT, STRING, BLOB -> 8;
        };
    }

    /** The rows as a tablet, times strictly ascending. The buffer must not be used afterwards. */
    Tablet toTablet(String device, List<IMeasurementSchema> schemas) {
        int[] order = ascending ? null : survivorsByTime();
        int count = order == null ? rows : order.length;
        if (order != null) {
            long[] sorted = new long[count];
            for (int i = 0; i < count; i++) {
                sorted[i] = times[order[i]];
            }
            times = sorted;
        }
        Object[] values = new Object[types.length];
        BitMap[] bitMaps = new BitMap[types.length];
        boolean anyNull = false;
        for (int c = 0; c < types.length; c++) {
            values[c] = order == null ? columns[c] : pick(c, order);
            long[] bits = nulls[c];
            if (bits != null) {
                bitMaps[c] = new BitMap(count);
                for (int i = 0; i < count; i++) {
                    int row = order == null ? i : order[i];
                    if ((bits[row >> 6] & 1L << row) != 0) {
                        bitMaps[c].mark(i);
                        anyNull = true;
                    }
                }
            }
        }
        return new Tablet(device, schemas, times, values, anyNull ? bitMaps : null, count);
    }

    private Object pick(int column, int[] order) {
        Object from = columns[column];
        Object to = newArray(types[column], order.length);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(from, order[i], to, i, 1);
        }
        return to;
    }

    /** Row numbers by time; of several with one time the last added. */
    private int[] survivorsByTime() {
        Integer[] byTime = new Integer[rows];
        Arrays.setAll(byTime, i -> i);
        long[] t = times;
        Arrays.sort(byTime, (a, b) -> Long.compare(t[a], t[b]));
        int[] order = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            boolean superseded = i + 1 < rows && t[byTime[i]] == t[byTime[i + 1]];
            if (!superseded) {
                order[count++] = byTime[i];
            }
        }
        return Arrays.copyOf(order, count);
    }
}
