package io.iotdbmigrate.flink.source.binlog;

import io.iotdbmigrate.flink.ChainedSerializer;
import io.iotdbmigrate.flink.RecordType;
import io.iotdbmigrate.flink.RowEvent;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Struct;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Takes row events of mapped tables out of Debezium's records, and looks at schema changes. */
final class RowEventDeserializer implements DebeziumDeserializationSchema<RowEvent> {
    private static final long serialVersionUID = 1L;

    /** A deletion has it that is the first half of an update of the primary key. */
    private static final String KEY_TO_COME = "__debezium.newkey";

    private final List<TableMapping> mappings;
    private transient @Nullable SchemaChanges schemaChanges;
    private transient List<StructDecoder> decoders;

    RowEventDeserializer(List<TableMapping> mappings) {
        this.mappings = new ArrayList<>(mappings);
    }

    @Override
    public void deserialize(SourceRecord record, Collector<RowEvent> out) {
        if (schemaChanges == null) {
            schemaChanges = new SchemaChanges(mappings);
            decoders = mappings.stream().map(StructDecoder::new).toList();
        }
        if (!(record.value() instanceof Struct value) || value.schema().field("source") == null) {
            return;
        }
        Struct source = value.getStruct("source");
        if (value.schema().field("historyRecord") != null) {
            try {
                schemaChanges.check(
                        value.getString("historyRecord"),
                        text(source, "db"),
                        text(source, "table"),
                        position(record, source));
            } catch (UserException e) {
                throw new SuppressRestartsException(e);
            }
        } else if (value.schema().field("op") != null) {
            String database = text(source, "db");
            String table = text(source, "table");
            List<Integer> indexes =
                    IntStream.range(0, mappings.size())
                            .filter(i -> mappings.get(i).table().table().equals(table))
                            .filter(i -> mappings.get(i).table().database().equals(database))
                            .boxed()
                            .toList();
            boolean insertionFollows = record.headers().lastWithName(KEY_TO_COME) != null;
            for (int i : indexes) {
                Struct before = value.getStruct("before");
                Struct after = value.getStruct("after");
                out.collect(
                        new RowEvent(
                                i,
                                before == null ? null : decoders.get(i).decode(before),
                                after == null ? null : decoders.get(i).decode(after),
                                position(record, source),
                                source.getString("gtid"),
                                i == indexes.get(indexes.size() - 1) && !insertionFollows));
            }
        }
    }

    private static ChangePosition position(SourceRecord record, Struct source) {
        Long at = source.getInt64("ts_ms");
        Integer row = source.getInt32("row");
        // Where reading would begin again: at the transaction.
        Object transaction = record.sourceOffset().get("pos");
        long offset = source.getInt64("pos");
        return new ChangePosition(
                text(source, "file"),
                transaction instanceof Number number ? number.longValue() : offset,
                offset,
                row == null ? 0 : row,
                at == null ? 0 : at);
    }

    private static String text(Struct source, String field) {
        String text = source.getString(field);
        return text == null ? "" : text;
    }

    @Override
    public TypeInformation<RowEvent> getProducedType() {
        return new RecordType<>(RowEvent.class, new ChainedSerializer<>());
    }
}
