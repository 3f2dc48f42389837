package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.model.UserException;
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
    private final @Nullable UserException stop;

    private BinlogSignal(
            Map<String, ?> offset, @Nullable BinlogMark mark, @Nullable UserException stop) {
        super(Map.of(), offset, "binlog-signals", SCHEMA, null);
        this.mark = mark;
        this.stop = stop;
    }

    static BinlogSignal mark(BinlogMark mark, Map<String, ?> offset) {
        return new BinlogSignal(offset, mark, null);
    }

    static BinlogSignal stop(UserException reason) {
        return new BinlogSignal(Map.of(), null, reason);
    }

    /**
     * Returns the mark.
     *
     * @throws UserException if it says to stop
     */
    BinlogMark mark() {
        if (stop != null) {
            throw stop;
        }
        return Objects.requireNonNull(mark);
    }
}
