package io.iotdbmigrate.flink;

import io.iotdbmigrate.model.ChangePosition;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the reader of the binlog hands on, in the binlog's order. */
public sealed interface BinlogEvent extends Serializable permits RowEvent, BinlogMark {
    /** Where it stands. */
    ChangePosition position();

    /** The transaction's GTID; null where GTIDs are off. */
    @Nullable String gtid();
}
