package io.iotdbmigrate.mysql;

import java.util.Arrays;

/**
 * Rows as they came over the wire, one behind the other, for a {@link RowDecoder} on another
 * thread: a few bytes in a line reach another core's cache sooner than a dozen objects per row. Not
 * thread-safe; to be handed over when it is complete.
 */
public final class RowPackets {
    private byte[] bytes;
    private int[] ends;
    private int rows;

    /**
     * Creates one without rows.
     *
     * @param rows for which there is room at once
     * @param bytes for which there is room at once
     */
    public RowPackets(int rows, int bytes) {
        this.ends = new int[rows];
        this.bytes = new byte[bytes];
    }

    /** Returns the number of rows in it. */
    public int rows() {
        return rows;
    }

    /** Returns the number of bytes of all rows in it. */
    public int bytes() {
        return start(rows);
    }

    void add(byte[] packet, int length) {
        int size = bytes();
        int needed = Math.addExact(size, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, size * 3L / 2));
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, rows + rows / 2 + 1);
        }
        System.arraycopy(packet, 0, bytes, size, length);
        ends[rows++] = needed;
    }

    byte[] array() {
        return bytes;
    }

    /** Returns where a row begins. */
    int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Returns where a row ends. */
    int end(int row) {
        return ends[row];
    }
}
