package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import java.util.Map;
import java.util.Optional;

/**
 * From where on the changes matter to the result of a comparison: all that the binlog holds before
 * is applied before the comparison reads anything. A row that no change behind the position touches
 * is on both sides what the comparison found.
 *
 * @param createTable how the tables were defined at the position, by {@code database.table}
 * @param shapes of the mappings, see {@link MappingFingerprints}
 * @param rejected changes that replication had rejected before the comparison read anything
 */
public record VerifiedBase(
        BinlogPosition position,
        Map<String, String> createTable,
        Map<String, String> shapes,
        long rejected) {
    private static final String FIELD = "base";

    /** Beside the base in the entry. */
    static final String REJECTED = "rejected_changes";

    public VerifiedBase {
        createTable = Map.copyOf(createTable);
        shapes = Map.copyOf(shapes);
    }

    NotedPosition noted() {
        return NotedPosition.of(position, createTable, shapes, null, null);
    }

    /** Reads it from an entry; empty if it has none. */
    public static Optional<VerifiedBase> of(JsonNode entry) {
        JsonNode node = entry.path(FIELD);
        if (!node.isObject()) {
            return Optional.empty();
        }
        NotedPosition base = StoredJson.fromNode(node, NotedPosition.class);
        return Optional.of(
                new VerifiedBase(
                        base.position(),
                        base.createTable(),
                        base.shapes(),
                        entry.path(REJECTED).asLong()));
    }
}
