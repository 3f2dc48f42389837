package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ChangePosition;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row event of a followed table, in canonical values of the columns that are read, see {@link
 * io.iotdbmigrate.model.MySqlType}.
 *
 * @param table index of the followed table among those of the job
 * @param before null for an insert
 * @param after null for a delete
 * @param gtid of its transaction; null where GTIDs are off
 * @param last whether nothing else comes of this row of the binlog, see {@link #step}
 */
@SuppressWarnings("ArrayRecordComponent")
public record RowEvent(
        int table,
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after,
        ChangePosition position,
        @Nullable String gtid,
        boolean last)
        implements BinlogEvent {
    private static final int DELETIONS_FIRST = 1 << 16;

    /** Returns the same of a table that has another index. */
    RowEvent of(int otherTable) {
        return new RowEvent(otherTable, before, after, position, gtid, last);
    }

    /**
     * Orders the events that one row of the binlog leads to: an update of the primary key comes as
     * a deletion and an insertion, and each of them once for every way in which the table is
     * followed.
     */
    int step() {
        return table + (after == null ? 0 : DELETIONS_FIRST);
    }

    /**
     * Returns a step where followed tables have other indexes.
     *
     * @param indexes of followed tables now by those then, see {@link MappingOrder}
     */
    static int step(int then, IntUnaryOperator indexes) {
        int table = then % DELETIONS_FIRST;
        int now = indexes.applyAsInt(table);
        // Of a table that is followed no more no event comes.
        return now < 0 ? then : then - table + now;
    }
}
