package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.model.TargetType;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.utils.BitMap;
import org.jspecify.annotations.Nullable;

/** Values column by column, in arrays of their own type, as a tablet wants them. */
final class ColumnArrays {
    private final TargetType[] types;
    private final int rows;
    private final Object[] values;
    private final int[] binaries;
    private BitMap @Nullable [] nulls;

    ColumnArrays(TargetType[] types, int rows) {
        this.types = types;
        this.rows = rows;
        this.values = new Object[types.length];
        this.binaries = IntStream.range(0, types.length).filter(c -> types[c].isBinary()).toArray();
        for (int c = 0; c < types.length; c++) {
            values[c] = newArray(types[c], rows);
        }
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

    Object[] values() {
        return values;
    }

    /** Returns one per column that has a null; null if none has. */
    BitMap @Nullable [] nulls() {
        return nulls;
    }

    void setNull(int column, int row) {
        if (nulls == null) {
            nulls = new BitMap[types.length];
        }
        if (nulls[column] == null) {
            nulls[column] = new BitMap(rows);
        }
        nulls[column].mark(row);
        if (types[column].isBinary()) {
            // The client reads the bytes of nulls, too.
            ((Binary[]) values[column])[row] = Binary.EMPTY_VALUE;
        }
    }

    /** Returns the bytes of a row's values in a request, about; its time is not among them. */
    long bytes(int row) {
        long bytes = Long.BYTES * (long) types.length;
        for (int c : binaries) {
            bytes += ((Binary[]) values[c])[row].getLength();
        }
        return bytes;
    }

    /** Returns the rows of these numbers, in this order. */
    ColumnArrays pick(int[] order) {
        ColumnArrays picked = new ColumnArrays(types, order.length);
        for (int c = 0; c < types.length; c++) {
            BitMap bits = nulls == null ? null : nulls[c];
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(values[c], order[i], picked.values[c], i, 1);
                if (bits != null && bits.isMarked(order[i])) {
                    picked.setNull(c, i);
                }
            }
        }
        return picked;
    }
}
