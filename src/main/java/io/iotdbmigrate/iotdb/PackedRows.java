package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.tsfile.utils.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Rows in one byte array: the difference to the time before, a bit per column that says whether it
 * is null, then the values. Whole numbers are kept as the difference to the value before, which in
 * series is small, in as few bytes as it takes. Not thread-safe.
 */
final class PackedRows {
    private static final int LONG_VARINT = 10;
    private static final int INT_VARINT = 5;
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final TargetType[] types;
    private final long[] previous;
    private final int longestRow;
    private long previousTime;
    private byte[] bytes;
    private int size;

    PackedRows(TargetType[] types) {
        this.types = types;
        this.previous = new long[types.length];
        this.longestRow = longestRow(types);
        this.bytes = new byte[longestRow];
    }

    /** Bytes of the longest row, the content of texts and blobs left out. */
    private static int longestRow(TargetType[] types) {
        int bytes = LONG_VARINT + nullBytes(types.length);
        for (TargetType type : types) {
            bytes +=
                    switch (type) {
                        case BOOLEAN -> 1;
                        case FLOAT -> Float.BYTES;
                        case DOUBLE -> Double.BYTES;
                        case INT32, TEXT, STRING, BLOB -> INT_VARINT;
                        case INT64, TIMESTAMP, DATE -> LONG_VARINT;
                    };
        }
        return bytes;
    }

    private static int nullBytes(int columns) {
        return (columns + 7) / 8;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of the array. */
    int capacity() {
        return bytes.length;
    }

    void add(long time, @Nullable Object[] values) {
        reserve(longestRow);
        putDifference(time, previousTime);
        previousTime = time;
        int bits = size;
        size += nullBytes(values.length);
        Arrays.fill(bytes, bits, size, (byte) 0);
        for (int c = 0; c < values.length; c++) {
            Object value = values[c];
            if (value == null) {
                bytes[bits + (c >> 3)] |= (byte) (1 << (c & 7));
            } else {
                put(c, value);
            }
        }
    }

    private void put(int column, Object value) {
        switch (types[column]) {
            case BOOLEAN -> bytes[size++] = (byte) ((Boolean) value ? 1 : 0);
            case INT32 -> putNumber(column, (Integer) value);
            case INT64, TIMESTAMP -> putNumber(column, (Long) value);
            case DATE -> putNumber(column, ((LocalDate) value).toEpochDay());
            case FLOAT -> {
                INT.set(bytes, size, Float.floatToRawIntBits((Float) value));
                size += Integer.BYTES;
            }
            case DOUBLE -> {
                LONG.set(bytes, size, Double.doubleToRawLongBits((Double) value));
                size += Long.BYTES;
            }
            case TEXT, STRING, BLOB -> {
                byte[] content = (byte[]) value;
                reserve(content.length + longestRow);
                putVarint(content.length);
                System.arraycopy(content, 0, bytes, size, content.length);
                size += content.length;
            }
        }
    }

    private void putNumber(int column, long value) {
        putDifference(value, previous[column]);
        previous[column] = value;
    }

    private void putDifference(long value, long before) {
        long difference = value - before;
        putVarint(difference << 1 ^ difference >> 63);
    }

    private void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max((long) size + more, bytes.length * 5L / 4);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
    }

    /**
     * Reads all rows; nothing can be added afterwards.
     *
     * @param times filled with the times, in the order of adding
     */
    ColumnArrays unpack(int rows, long[] times) {
        ColumnArrays columns = new ColumnArrays(types, rows);
        long[] before = new long[types.length];
        long time = 0;
        int end = size;
        size = 0;
        for (int row = 0; row < rows; row++) {
            time += difference();
            times[row] = time;
            int bits = size;
            size += nullBytes(types.length);
            for (int c = 0; c < types.length; c++) {
                if ((bytes[bits + (c >> 3)] & 1 << (c & 7)) != 0) {
                    columns.setNull(c, row);
                } else {
                    unpack(columns, c, row, before);
                }
            }
        }
        if (size != end) {
            throw new IllegalStateException(size + " of " + end + " bytes read");
        }
        return columns;
    }

    private void unpack(ColumnArrays columns, int c, int row, long[] before) {
        Object array = columns.values()[c];
        switch (types[c]) {
            case BOOLEAN -> ((boolean[]) array)[row] = bytes[size++] != 0;
            case INT32 -> ((int[]) array)[row] = (int) (before[c] += difference());
            case INT64, TIMESTAMP -> ((long[]) array)[row] = before[c] += difference();
            case DATE ->
                    ((LocalDate[]) array)[row] = LocalDate.ofEpochDay(before[c] += difference());
            case FLOAT -> {
                ((float[]) array)[row] = Float.intBitsToFloat((int) INT.get(bytes, size));
                size += Integer.BYTES;
            }
            case DOUBLE -> {
                ((double[]) array)[row] = Double.longBitsToDouble((long) LONG.get(bytes, size));
                size += Long.BYTES;
            }
            case TEXT, STRING, BLOB -> {
                int length = (int) varint();
                ((Binary[]) array)[row] =
                        new Binary(Arrays.copyOfRange(bytes, size, size + length));
                size += length;
            }
        }
    }

    private long difference() {
        long zigzag = varint();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[size++];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
