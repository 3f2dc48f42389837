package io.iotdbmigrate.iotdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One row while it is being packed; used over and over, so that what is kept is of its exact
 * length. Not thread-safe.
 */
final class RowPacker {
    static final VarHandle INT = view(int[].class);
    static final VarHandle LONG = view(long[].class);

    private static final int LONG_VARINT = 10;

    private byte[] bytes = new byte[256];
    private int size;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void copyTo(byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, size);
    }

    /** Appends so many bits, all 0, and tells where they begin. */
    int putBits(int count) {
        int from = size;
        int length = length(count);
        reserve(length);
        Arrays.fill(bytes, from, from + length, (byte) 0);
        size += length;
        return from;
    }

    /** Returns the bytes of so many bits. */
    static int length(int bits) {
        return (bits + 7) / 8;
    }

    void setBit(int from, int bit) {
        bytes[from + (bit >> 3)] |= (byte) (1 << (bit & 7));
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putBytes(byte[] content) {
        putVarint(content.length);
        reserve(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /** Writes a number in the fewer bytes the nearer it is to 0. */
    void putSigned(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    private void putVarint(long value) {
        reserve(LONG_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
