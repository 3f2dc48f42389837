package io.iotdbmigrate.flink;

import io.iotdbmigrate.model.ChangePosition;
import org.jspecify.annotations.Nullable;

/**
 * An event of the binlog without rows that has to do with mapped tables.
 *
 * @param xid of an XA transaction, as MySQL writes it; else empty
 */
public record BinlogMark(Kind kind, String xid, ChangePosition position, @Nullable String gtid)
        implements BinlogEvent {

    /** What the event says. */
    public enum Kind {
        /** It may have changed a mapped table, and was found not to. */
        PASSED,
        /** The rows up to the next mark are those of an XA transaction. */
        XA_BEGINS,
        /** They count once the transaction is committed. */
        XA_PREPARED,
        /** They count at once. */
        XA_ONE_PHASE,
        XA_COMMITTED,
        XA_ROLLED_BACK
    }
}
