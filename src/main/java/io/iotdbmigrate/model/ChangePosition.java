package io.iotdbmigrate.model;

import java.io.Serializable;

/**
 * Where in the binlog a row change stands.
 *
 * @param transaction offset of an event in {@code file} with which its transaction begins
 * @param offset of the row event in {@code file}, in bytes
 * @param row number of the row in the event, from 0; -1 is before its first row
 * @param atMillis when the statement was executed, by MySQL's clock, since the epoch; 0 if unknown
 */
public record ChangePosition(String file, long transaction, long offset, int row, long atMillis)
        implements Serializable {

    /** The row of a position behind all rows of an event. */
    public static final int ALL_ROWS = Integer.MAX_VALUE - 1;

    /** Tells whether an event of this file and offset lies behind this one. */
    public boolean isBefore(String otherFile, long otherOffset) {
        int files = compareFiles(file, otherFile);
        return files < 0 || (files == 0 && offset < otherOffset);
    }

    /** Tells whether this row stands behind another one in the binlog. */
    public boolean isBehind(ChangePosition other) {
        if (!other.isBefore(file, offset)) {
            return file.equals(other.file) && offset == other.offset && row > other.row;
        }
        return true;
    }

    /** Returns another row of the same event. */
    public ChangePosition withRow(int newRow) {
        return new ChangePosition(file, transaction, offset, newRow, atMillis);
    }

    /** Returns the row before this one, as far as it is in the same event. */
    public ChangePosition rowBefore() {
        return new ChangePosition(file, transaction, offset, row - 1, atMillis);
    }

    /**
     * Tells whether it is one of the binlog. Rows of a snapshot have none; a binlog's first event
     * has offset 4.
     */
    public boolean isInBinlog() {
        return offset > 0;
    }

    /** Compares by the number behind the last dot: {@code binlog.999999} comes before 1000000. */
    public static int compareFiles(String one, String other) {
        return one.equals(other) ? 0 : Long.compare(number(one), number(other));
    }

    private static long number(String file) {
        return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
    }

    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
