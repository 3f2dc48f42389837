package io.iotdbmigrate.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A keyed 128-bit hash of canonical bytes, after MurmurHash3 (x64, 128 bits) with one key per lane
 * in place of its single seed. The keys are drawn anew for every run, so that no two rows cancel
 * run after run. Not thread-safe: the last result is kept in it.
 */
public final class RowHash {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK = 16;

    private final long firstKey;
    private final long secondKey;
    private long first;
    private long second;

    public RowHash(long firstKey, long secondKey) {
        this.firstKey = firstKey;
        this.secondKey = secondKey;
    }

    /** Hashes a row; the result is then in {@link #first()} and {@link #second()}. */
    public RowHash compute(RowBytes row) {
        hash(row.buffer(), row.length());
        return this;
    }

    private void hash(byte[] bytes, int length) {
        long h1 = firstKey;
        long h2 = secondKey;
        int at = 0;
        for (; at + BLOCK <= length; at += BLOCK) {
            h1 ^= mixFirst((long) LONG.get(bytes, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond((long) LONG.get(bytes, at + Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= mixFirst(tail(bytes, at, Math.min(length, at + Long.BYTES)));
        h2 ^= mixSecond(tail(bytes, at + Long.BYTES, length));
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        first = h1 + h2;
        second = first + h2;
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long tail(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    private static long finish(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    public long first() {
        return first;
    }

    public long second() {
        return second;
    }
}
