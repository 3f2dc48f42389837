package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A row of one side.
 *
 * @param writer of MySQL's rows: which of the tables that are compared as one it is from, see
 *     {@link TableRules#writers}; 0 for IoTDB's
 * @param order of MySQL's rows by key; 0 for IoTDB's
 * @param values one per measurement, a {@link TypedValue} where a series has another type
 */
@SuppressWarnings("ArrayRecordComponent")
public record SideRow(Side side, RowKey key, int writer, long order, @Nullable Object[] values) {

    /** Makes a row of the only table, or of IoTDB. */
    public SideRow(Side side, RowKey key, long order, @Nullable Object[] values) {
        this(side, key, 0, order, values);
    }

    /** Where a row is from. */
    public enum Side {
        MYSQL,
        IOTDB
    }
}
