package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.io.ChainedSerializer;
import io.iotdbmigrate.flink.io.RecordType;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.ChangePosition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Schema;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Struct;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.source.SourceRecord;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A deserializer that takes row events of mapped tables out of Debezium's records, and looks at
 * schema changes.
 */
final class RowEventDeserializer implements DebeziumDeserializationSchema<BinlogEvent> {
    private static final long serialVersionUID = 1L;

    /** Schemas are made anew whenever a table is changed; old ones are forgotten now and then. */
    private static final int KNOWN_SCHEMAS = 1_000;

    private final List<FollowedTable> mappings;
    private transient @Nullable SchemaChanges schemaChanges;
    private transient @Nullable IdentityHashMap<Schema, TableChanges> tables;

    RowEventDeserializer(List<FollowedTable> mappings) {
        this.mappings = new ArrayList<>(mappings);
    }

    @Override
    public void deserialize(SourceRecord record, Collector<BinlogEvent> out) {
        if (!(record.value() instanceof Struct value)) {
            return;
        }
        IdentityHashMap<Schema, TableChanges> known = tables;
        if (known == null) {
            known = new IdentityHashMap<>();
            tables = known;
        }
        TableChanges table = known.get(value.schema());
        if (table != null) {
            table.read(record, value, out);
        } else if (value.schema().field("source") != null) {
            Struct source = value.getStruct("source");
            if (value.schema().field("historyRecord") != null) {
                checkSchemaChange(value.getString("historyRecord"), source);
            } else if (value.schema().field("op") != null) {
                if (known.size() >= KNOWN_SCHEMAS) {
                    known.clear();
                }
                table =
                        new TableChanges(
                                value.schema(),
                                text(source, "db"),
                                text(source, "table"),
                                mappings);
                known.put(value.schema(), table);
                table.read(record, value, out);
            }
        }
    }

    private void checkSchemaChange(String change, Struct source) {
        SchemaChanges changes = schemaChanges;
        if (changes == null) {
            changes = new SchemaChanges(mappings);
            schemaChanges = changes;
        }
        long offset = source.getInt64("pos");
        Long at = source.getInt64("ts_ms");
        changes.check(
                change,
                text(source, "db"),
                text(source, "table"),
                new ChangePosition(text(source, "file"), offset, offset, 0, at == null ? 0 : at));
    }

    private static String text(Struct source, String field) {
        String text = source.getString(field);
        return text == null ? "" : text;
    }

    @Override
    public TypeInformation<BinlogEvent> getProducedType() {
        return new RecordType<>(BinlogEvent.class, new ChainedSerializer<>());
    }
}
