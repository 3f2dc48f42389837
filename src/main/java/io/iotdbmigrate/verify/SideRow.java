package io.iotdbmigrate.verify;

import org.jspecify.annotations.Nullable;

/**
 * A row of one side.
 *
 * @param order of MySQL's rows by key; 0 for IoTDB's
 * @param values one per measurement, a {@link TypedValue} where a series has another type
 */
@SuppressWarnings("ArrayRecordComponent")
public record SideRow(Side side, RowKey key, long order, @Nullable Object[] values) {

    /** Where a row is from. */
    public enum Side {
        MYSQL,
        IOTDB
    }
}
