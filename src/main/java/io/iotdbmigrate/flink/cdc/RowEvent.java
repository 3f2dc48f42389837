package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ChangePosition;
import org.jspecify.annotations.Nullable;

/**
 * A row event of a mapped table, in canonical values of the mapping's columns, see {@link
 * io.iotdbmigrate.model.MySqlType}.
 *
 * @param mapping index of the mapping among those of the job
 * @param before null for an insert
 * @param after null for a delete
 * @param gtid of its transaction; null where GTIDs are off
 * @param last whether nothing else comes of this row of the binlog, see {@link #step}
 */
@SuppressWarnings("ArrayRecordComponent")
public record RowEvent(
        int mapping,
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after,
        ChangePosition position,
        @Nullable String gtid,
        boolean last)
        implements BinlogEvent {
    private static final int DELETIONS_FIRST = 1 << 16;

    /** Returns the same of a mapping that has another index. */
    RowEvent of(int otherMapping) {
        return new RowEvent(otherMapping, before, after, position, gtid, last);
    }

    /**
     * Orders the events that one row of the binlog leads to: an update of the primary key comes as
     * a deletion and an insertion, and each of them once for every mapping of the table.
     */
    int step() {
        return mapping + (after == null ? 0 : DELETIONS_FIRST);
    }
}
