package io.iotdbmigrate.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of a row, the same for both sides if and only if the rows are the same:
 * device path, time, and of each measurement the type and the exact bits; a null is like no value.
 * The buffer is used again for the next row. Not thread-safe.
 */
public final class RowBytes {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NULL = 0;

    private byte[] bytes = new byte[512];
    private int length;

    /** Creates one that says only which row it is: device and time. */
    public RowBytes key(String device, long time) {
        length = 0;
        blob(device.getBytes(UTF_8));
        number(time);
        return this;
    }

    /**
     * Returns the whole row.
     *
     * @param types of the mapping's measurements
     * @param values one per measurement; there may be more, which are left out
     */
    public RowBytes row(String device, long time, TargetType[] types, @Nullable Object[] values) {
        key(device, time);
        for (int i = 0; i < types.length; i++) {
            Object value = values[i];
            if (value == null) {
                tag(NULL);
            } else if (value instanceof TypedValue typed) {
                value(typed.type(), typed.value());
            } else {
                value(types[i], value);
            }
        }
        return this;
    }

    private void value(TargetType type, Object value) {
        tag(tagOf(type));
        switch (type) {
            case BOOLEAN -> tag((Boolean) value ? 1 : 0);
            case INT32 -> integer((Integer) value);
            case INT64, TIMESTAMP -> number((Long) value);
            case FLOAT -> integer(Float.floatToRawIntBits((Float) value));
            case DOUBLE -> number(Double.doubleToRawLongBits((Double) value));
            case DATE -> number(((LocalDate) value).toEpochDay());
            case TEXT, STRING, BLOB -> blob((byte[]) value);
        }
    }

    private static int tagOf(TargetType type) {
        return switch (type) {
            case BOOLEAN -> 1;
            case INT32 -> 2;
            case INT64 -> 3;
            case FLOAT -> 4;
            case DOUBLE -> 5;
            case TEXT -> 6;
            case STRING -> 7;
            case BLOB -> 8;
            case DATE -> 9;
            case TIMESTAMP -> 10;
        };
    }

    private void tag(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void integer(int value) {
        room(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void number(long value) {
        room(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    private void blob(byte[] value) {
        integer(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Returns the bytes of the row given last. */
    public int length() {
        return length;
    }

    /** Returns the buffer; only its first {@link #length()} bytes count, until the next row. */
    byte[] buffer() {
        return bytes;
    }
}
