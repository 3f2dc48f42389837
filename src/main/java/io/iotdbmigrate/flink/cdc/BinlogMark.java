package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.held.TableNews;
import io.iotdbmigrate.model.ChangePosition;
import org.jspecify.annotations.Nullable;

/**
 * An event of the binlog without rows that has to do with mapped tables.
 *
 * @param name of an XA transaction, as MySQL writes it, or {@code server_uuid} of a server, or the
 *     partitions that were dropped or rearranged, see {@link PartitionNames}, or the foreign keys
 *     that have changed rows, see {@link CascadedKeys}, or what became of whole tables, see {@link
 *     TableNews}; else empty
 */
public record BinlogMark(Kind kind, String name, ChangePosition position, @Nullable String gtid)
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
        XA_ROLLED_BACK,
        /** A table has lost partitions, and IoTDB is to lose what they held. */
        PARTITION_DROPPED,
        /** A table of which IoTDB is to lose dropped partitions has others from here on. */
        PARTITIONS_REARRANGED,
        /** Whole tables came, lost their rows, or got other names, see {@link TableNews}. */
        TABLES_CHANGED,
        /** Rows of mapped tables were changed by foreign keys, and are to be read anew. */
        CASCADED,
        /**
         * From the position on, the events are those of a server's binlog. What it holds before was
         * read before, from it or from another.
         */
        SERVER
    }
}
