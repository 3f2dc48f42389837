package io.iotdbmigrate.run.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.model.ClusterAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill leaves behind so that the next one can take it up; deleted when it has finished.
 *
 * @param runId its name in the journal
 * @param fingerprint of what it copies and how
 * @param sent where its job runs or ran, null if that was inside the process
 */
public record BackfillRunFile(String runId, String fingerprint, @Nullable RemoteJob sent) {
    private static final JsonMapper JSON = new JsonMapper();

    public static Optional<BackfillRunFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readString(file));
        RemoteJob sent =
                node.has("job")
                        ? new RemoteJob(
                                "backfill",
                                ClusterAddress.parse(node.path("cluster").asText()),
                                node.path("job").asText())
                        : null;
        return Optional.of(
                new BackfillRunFile(
                        node.path("run").asText(), node.path("fingerprint").asText(), sent));
    }

    public void write(Path file) throws IOException {
        ObjectNode node = JSON.createObjectNode().put("run", runId).put("fingerprint", fingerprint);
        if (sent != null) {
            node.put("cluster", sent.cluster().toString()).put("job", sent.job());
        }
        AtomicFile.write(file, node.toPrettyString() + "\n");
    }
}
