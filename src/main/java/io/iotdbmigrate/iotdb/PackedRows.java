package io.iotdbmigrate.iotdb;

import static io.iotdbmigrate.model.TargetType.BOOLEAN;

import io.iotdbmigrate.model.TargetType;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.tsfile.utils.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Rows in one byte array: the difference to the time before, a bit per column that says whether it
 * is null, a bit per BOOLEAN that is its value, then the other values. Whole numbers are kept as
 * the difference to the value before, which in series is small, in as few bytes as it takes. Not
 * thread-safe.
 */
final class PackedRows {
    /** Bytes up to which an array grows in small steps: there may be very many such devices. */
    private static final int SHORT = 4096;

    private final TargetType[] types;
    private final int bits;
    private final RowPacker packed;
    private final long[] previous;
    private long previousTime;
    private byte[] bytes = {};
    private int size;

    /**
     * Creates one without rows.
     *
     * @param packed where a row is packed, shared with other devices
     */
    PackedRows(TargetType[] types, RowPacker packed) {
        this.types = types;
        this.bits = types.length + (int) Arrays.stream(types).filter(BOOLEAN::equals).count();
        this.packed = packed;
        this.previous = new long[types.length];
    }

    /** Returns the bytes of the array. */
    int capacity() {
        return bytes.length;
    }

    void add(long time, @Nullable Object[] values) {
        packed.clear();
        packed.putSigned(time - previousTime);
        previousTime = time;
        int nulls = packed.putBits(bits);
        int truth = types.length;
        for (int c = 0; c < values.length; c++) {
            Object value = values[c];
            if (value == null) {
                packed.setBit(nulls, c);
            } else if (types[c] != BOOLEAN) {
                put(c, value);
            } else if ((Boolean) value) {
                packed.setBit(nulls, truth);
            }
            truth += types[c] == BOOLEAN ? 1 : 0;
        }
        append();
    }

    private void put(int column, Object value) {
        switch (types[column]) {
            case BOOLEAN -> throw new IllegalStateException("a BOOLEAN is a bit");
            case INT32 -> putNumber(column, (Integer) value);
            case INT64, TIMESTAMP -> putNumber(column, (Long) value);
            case DATE -> putNumber(column, ((LocalDate) value).toEpochDay());
            case FLOAT -> packed.putInt(Float.floatToRawIntBits((Float) value));
            case DOUBLE -> packed.putLong(Double.doubleToRawLongBits((Double) value));
            case TEXT, STRING, BLOB -> packed.putBytes((byte[]) value);
        }
    }

    private void putNumber(int column, long value) {
        packed.putSigned(value - previous[column]);
        previous[column] = value;
    }

    private void append() {
        long wanted = (long) size + packed.size();
        if (wanted > bytes.length) {
            int spare = bytes.length / (bytes.length < SHORT ? 8 : 4);
            long roomy = Math.max(wanted, (long) bytes.length + spare);
            bytes = Arrays.copyOf(bytes, (int) Math.min(roomy, Integer.MAX_VALUE - 8));
        }
        packed.copyTo(bytes, size);
        size += packed.size();
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
            int nulls = size;
            size += RowPacker.length(bits);
            int truth = types.length;
            for (int c = 0; c < types.length; c++) {
                if (isSet(nulls, c)) {
                    columns.setNull(c, row);
                } else if (types[c] == BOOLEAN) {
                    ((boolean[]) columns.values()[c])[row] = isSet(nulls, truth);
                } else {
                    unpack(columns, c, row, before);
                }
                truth += types[c] == BOOLEAN ? 1 : 0;
            }
        }
        if (size != end) {
            throw new IllegalStateException(size + " of " + end + " bytes read");
        }
        return columns;
    }

    private boolean isSet(int from, int bit) {
        return (bytes[from + (bit >> 3)] & 1 << (bit & 7)) != 0;
    }

    private void unpack(ColumnArrays columns, int c, int row, long[] before) {
        Object array = columns.values()[c];
        switch (types[c]) {
            case BOOLEAN -> throw new IllegalStateException("a BOOLEAN is a bit");
            case INT32 -> ((int[]) array)[row] = (int) (before[c] += difference());
            case INT64, TIMESTAMP -> ((long[]) array)[row] = before[c] += difference();
            case DATE ->
                    ((LocalDate[]) array)[row] = LocalDate.ofEpochDay(before[c] += difference());
            case FLOAT -> {
                ((float[]) array)[row] = Float.intBitsToFloat((int) RowPacker.INT.get(bytes, size));
                size += Integer.BYTES;
            }
            case DOUBLE -> {
                ((double[]) array)[row] =
                        Double.longBitsToDouble((long) RowPacker.LONG.get(bytes, size));
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
