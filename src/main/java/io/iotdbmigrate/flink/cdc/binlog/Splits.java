package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import java.util.Map;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;

/** A maker of copies of the connector's split of the binlog, which cannot be changed. */
final class Splits {
    private Splits() {}

    /** Returns a split with another beginning and other tables. */
    static MySqlBinlogSplit with(
            MySqlBinlogSplit split, Map<String, String> offset, Map<TableId, TableChange> tables) {
        return with(split, BinlogOffset.builder().setOffsetMap(offset).build(), tables);
    }

    /** Returns a split with another beginning and other tables. */
    static MySqlBinlogSplit with(
            MySqlBinlogSplit split, BinlogOffset offset, Map<TableId, TableChange> tables) {
        return new MySqlBinlogSplit(
                split.splitId(),
                offset,
                split.getEndingOffset(),
                split.getFinishedSnapshotSplitInfos(),
                tables,
                split.getTotalFinishedSplitSize(),
                split.isSuspended());
    }
}
