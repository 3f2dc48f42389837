package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Schema;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A word of the {@link BinlogWatch} in the connector's queue, so that it arrives behind the rows
 * that stand before it. By its schema the connector takes it for none of its own records.
 */
final class BinlogSignal extends SourceRecord {
    private static final Schema SCHEMA = SchemaBuilder.struct().name("signal").optional().build();

    private final @Nullable BinlogMark mark;
    private final @Nullable RuntimeException stop;
    private final @Nullable Map<TableId, TableChange> unfilled;
    private final @Nullable Collection<CascadingKeys.Key> keys;
    private final @Nullable Map<io.iotdbmigrate.model.TableId, List<TableKey>> unique;

    private BinlogSignal(
            Map<String, ?> offset,
            @Nullable BinlogMark mark,
            @Nullable RuntimeException stop,
            @Nullable Map<TableId, TableChange> unfilled,
            @Nullable Collection<CascadingKeys.Key> keys,
            @Nullable Map<io.iotdbmigrate.model.TableId, List<TableKey>> unique) {
        super(Map.of(), offset, "binlog-signals", SCHEMA, null);
        this.mark = mark;
        this.stop = stop;
        this.unfilled = unfilled;
        this.keys = keys;
        this.unique = unique;
    }

    static BinlogSignal mark(BinlogMark mark, Map<String, ?> offset) {
        return new BinlogSignal(offset, mark, null, null, null, null);
    }

    static BinlogSignal stop(RuntimeException reason) {
        return new BinlogSignal(Map.of(), null, reason, null, null, null);
    }

    static BinlogSignal unfilled(Map<TableId, TableChange> tables) {
        return new BinlogSignal(Map.of(), null, null, tables, null, null);
    }

    static BinlogSignal keys(Collection<CascadingKeys.Key> keys) {
        return new BinlogSignal(Map.of(), null, null, null, keys, null);
    }

    static BinlogSignal unique(Map<io.iotdbmigrate.model.TableId, List<TableKey>> keys) {
        return new BinlogSignal(Map.of(), null, null, null, null, keys);
    }

    /** Returns the foreign keys that are known; null if it does not tell of them. */
    @Nullable Collection<CascadingKeys.Key> keys() {
        return keys;
    }

    /** Returns what keeps rows apart; null if it does not tell of it. */
    @Nullable Map<io.iotdbmigrate.model.TableId, List<TableKey>> unique() {
        return unique;
    }

    /** Returns the tables without rows; null if it does not tell of them. */
    @Nullable Map<TableId, TableChange> unfilled() {
        return unfilled;
    }

    /**
     * Returns the mark.
     *
     * @throws RuntimeException the reason, if it says to stop
     */
    BinlogMark mark() {
        if (stop != null) {
            throw stop;
        }
        return Objects.requireNonNull(mark);
    }
}
