package io.iotdbmigrate.flink.cdc.binlog;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.RowEvent;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.ChangePosition;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Field;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Schema;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Struct;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the row events of one table, as long as its definition stays: Debezium makes a new
 * schema when that changes. What is found by name is found once, for there are very many events.
 * One instance serves one thread.
 */
final class TableChanges {
    /** A deletion has it that is the first half of an update of the primary key. */
    private static final String KEY_TO_COME = "__debezium.newkey";

    private final int[] mappings;
    private final StructDecoder[] decoders;
    private final Field source;
    private final Field before;
    private final Field after;
    private final Field file;
    private final Field offset;
    private final Field row;
    private final Field millis;
    private final Field gtid;

    /**
     * @param schema of the events
     * @param all the mappings of the job, of which those of this table are taken
     */
    TableChanges(Schema schema, String database, String table, List<FollowedTable> all) {
        this.mappings =
                IntStream.range(0, all.size())
                        .filter(i -> all.get(i).table().table().equals(table))
                        .filter(i -> all.get(i).table().database().equals(database))
                        .toArray();
        this.decoders =
                IntStream.of(mappings)
                        .mapToObj(i -> new StructDecoder(all.get(i)))
                        .toArray(StructDecoder[]::new);
        this.source = schema.field("source");
        this.before = schema.field("before");
        this.after = schema.field("after");
        Schema origin = source.schema();
        this.file = origin.field("file");
        this.offset = origin.field("pos");
        this.row = origin.field("row");
        this.millis = origin.field("ts_ms");
        this.gtid = origin.field("gtid");
    }

    /** Makes one event for every mapping of the table. */
    void read(SourceRecord record, Struct value, Collector<BinlogEvent> out) {
        Struct origin = (Struct) value.get(source);
        ChangePosition position = position(record, origin);
        boolean insertionFollows =
                !record.headers().isEmpty() && record.headers().lastWithName(KEY_TO_COME) != null;
        for (int i = 0; i < mappings.length; i++) {
            out.collect(
                    new RowEvent(
                            mappings[i],
                            decode(decoders[i], value.get(before)),
                            decode(decoders[i], value.get(after)),
                            position,
                            (String) origin.get(gtid),
                            i == mappings.length - 1 && !insertionFollows));
        }
    }

    private static @Nullable Object @Nullable [] decode(
            StructDecoder decoder, @Nullable Object image) {
        return image == null ? null : decoder.decode((Struct) image);
    }

    private ChangePosition position(SourceRecord record, Struct origin) {
        long own = (Long) requireNonNull(origin.get(offset));
        // Where reading would begin again: at the transaction.
        Object transaction = record.sourceOffset().get("pos");
        Object number = origin.get(row);
        Object at = origin.get(millis);
        String name = (String) origin.get(file);
        return new ChangePosition(
                name == null ? "" : name,
                transaction instanceof Number begin ? begin.longValue() : own,
                own,
                number == null ? 0 : (Integer) number,
                at == null ? 0 : (Long) at);
    }
}
