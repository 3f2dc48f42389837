package io.iotdbmigrate.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.BinlogPosition;

/**
 * A position of the binlog as JSON: {@code file}, {@code offset}, {@code gtid_set}, and {@code
 * server_uuid} where it is known.
 */
public final class PositionJson {
    private PositionJson() {}

    /** Writes a position into a node, which may hold more. */
    public static ObjectNode put(ObjectNode node, BinlogPosition position) {
        node.put("file", position.file())
                .put("offset", position.offset())
                .put("gtid_set", position.gtidSet());
        return position.server() == null ? node : node.put("server_uuid", position.server());
    }

    /** Reads what {@link #put} has written. */
    public static BinlogPosition read(JsonNode node) {
        return new BinlogPosition(
                node.path("file").asText(),
                node.path("offset").asLong(),
                node.path("gtid_set").asText(),
                node.path("server_uuid").textValue());
    }
}
