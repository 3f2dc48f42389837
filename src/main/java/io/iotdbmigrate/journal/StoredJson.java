package io.iotdbmigrate.journal;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The form in which records are kept in the journal and in the state folder: JSON with names in
 * snake_case, times as ISO 8601. Unknown fields are passed over, and a list or map that is absent
 * is empty, so that older and newer versions of this program read each other's records.
 * Thread-safe.
 */
public final class StoredJson {
    private static final JsonMapper MAPPER = mapper();

    private StoredJson() {}

    private static JsonMapper mapper() {
        JsonSetter.Value emptyForNull = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        JsonMapper mapper =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                        .addModule(new JavaTimeModule())
                        .addModule(
                                new SimpleModule()
                                        .addSerializer(
                                                BinlogPosition.class, new PositionSerializer())
                                        .addDeserializer(
                                                BinlogPosition.class, new PositionDeserializer()))
                        .build();
        mapper.configOverride(List.class).setSetterInfo(emptyForNull);
        mapper.configOverride(Map.class).setSetterInfo(emptyForNull);
        return mapper;
    }

    /** Returns a record as JSON. */
    public static ObjectNode toNode(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Returns a record that was written by {@link #toNode}, of this or another version.
     *
     * @throws IllegalArgumentException if a field has another type than in the record
     */
    public static <T> T fromNode(JsonNode node, Class<T> type) {
        return MAPPER.convertValue(node, type);
    }

    /** Returns a record as text for people to read. */
    public static String toText(Object value) {
        return toNode(value).toPrettyString() + "\n";
    }

    /**
     * Returns a record from its text.
     *
     * @throws IOException if it is no JSON
     */
    public static <T> T fromText(String text, Class<T> type) throws IOException {
        return MAPPER.readValue(text, type);
    }

    private static final class PositionSerializer extends JsonSerializer<BinlogPosition> {
        @Override
        public void serialize(
                BinlogPosition position, JsonGenerator to, SerializerProvider provider)
                throws IOException {
            to.writeTree(PositionJson.put(MAPPER.createObjectNode(), position));
        }
    }

    private static final class PositionDeserializer extends JsonDeserializer<BinlogPosition> {
        @Override
        public BinlogPosition deserialize(JsonParser from, DeserializationContext context)
                throws IOException {
            return PositionJson.read(from.readValueAsTree());
        }
    }
}
