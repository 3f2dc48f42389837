package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A converter that hands on JSON documents of the binlog as MySQL itself spells them in a SELECT.
 * Debezium's own text has other forms of times, fractions and binary strings. Debezium makes an
 * instance by this class' name.
 */
public final class JsonConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    /** Larger first bytes are those of a text, no document's type. */
    private static final int LAST_TYPE = 0x0f;

    @Override
    public void configure(Properties properties) {
        // There is nothing to set.
    }

    @Override
    public void converterFor(
            RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        if (column.typeName().equalsIgnoreCase("JSON")) {
            registration.register(
                    SchemaBuilder.string().optional(),
                    value -> value instanceof byte[] document ? text(document) : value);
        }
    }

    /** Spells a document; one of no bytes is what ADD COLUMN j JSON NOT NULL leaves in a row. */
    static String text(byte[] document) {
        if (document.length == 0) {
            return "null";
        }
        if (document[0] > LAST_TYPE) {
            return new String(document, StandardCharsets.UTF_8);
        }
        try {
            return JsonDocument.text(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
