package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a backfill leaves behind so that the next one can take it up; deleted when it has finished.
 *
 * @param runId its name in the journal
 * @param fingerprint of what it copies and how
 */
record BackfillRunFile(String runId, String fingerprint) {
    private static final JsonMapper JSON = new JsonMapper();

    static Optional<BackfillRunFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readString(file));
        return Optional.of(
                new BackfillRunFile(node.path("run").asText(), node.path("fingerprint").asText()));
    }

    void write(Path file) throws IOException {
        WholeFile.write(
                file,
                JSON.createObjectNode()
                                .put("run", runId)
                                .put("fingerprint", fingerprint)
                                .toPrettyString()
                        + "\n");
    }
}
