package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From where on the changes matter to the result of a comparison: all that the binlog holds before
 * is applied before the comparison reads anything. A row that no change behind the position touches
 * is on both sides what the comparison found.
 *
 * @param createTable how the tables were defined at the position, by {@code database.table}
 * @param shapes of the mappings, see {@link MappingFingerprints}
 */
public record VerifiedBase(
        BinlogPosition position, Map<String, String> createTable, Map<String, String> shapes) {
    private static final String FIELD = "base";

    public VerifiedBase {
        createTable = Map.copyOf(createTable);
        shapes = Map.copyOf(shapes);
    }

    void put(ObjectNode entry) {
        ObjectNode node = entry.putObject(FIELD);
        PositionJson.put(node, position);
        put(node.putObject("create_table"), createTable);
        put(node.putObject("shapes"), shapes);
    }

    private static void put(ObjectNode node, Map<String, String> texts) {
        texts.forEach(node::put);
    }

    /** Reads it from an entry; empty if it has none. */
    public static Optional<VerifiedBase> of(JsonNode entry) {
        JsonNode node = entry.path(FIELD);
        return node.isObject()
                ? Optional.of(
                        new VerifiedBase(
                                PositionJson.read(node),
                                texts(node.path("create_table")),
                                texts(node.path("shapes"))))
                : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode node) {
        return node.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
    }
}
