package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ChangePosition;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the reader of the binlog hands on, in the binlog's order. */
public sealed interface BinlogEvent extends Serializable permits RowEvent, BinlogMark {
    /** Returns where it stands. */
    ChangePosition position();

    /** Returns the transaction's GTID; null where GTIDs are off. */
    @Nullable String gtid();
}
