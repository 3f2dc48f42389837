package io.iotdbmigrate.run.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.mapping.MappingFingerprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replication leaves behind so that the next one goes on with it.
 *
 * @param runId names the folder of its checkpoints
 * @param backfill run of the backfill that it followed, null if it began otherwise
 * @param shapes of its mappings, see {@link MappingFingerprints}
 */
public record CdcRunFile(String runId, @Nullable String backfill, Map<String, String> shapes) {
    private static final JsonMapper JSON = new JsonMapper();

    public CdcRunFile {
        shapes = Map.copyOf(shapes);
    }

    public static Optional<CdcRunFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readString(file));
        Map<String, String> shapes = new LinkedHashMap<>();
        node.path("shapes")
                .properties()
                .forEach(entry -> shapes.put(entry.getKey(), entry.getValue().asText()));
        return Optional.of(
                new CdcRunFile(
                        node.path("run").asText(),
                        node.path("backfill").isTextual() ? node.path("backfill").asText() : null,
                        shapes));
    }

    public void write(Path file) throws IOException {
        ObjectNode node = JSON.createObjectNode().put("run", runId).put("backfill", backfill);
        ObjectNode each = node.putObject("shapes");
        shapes.forEach(each::put);
        AtomicFile.write(file, node.toPrettyString() + "\n");
    }
}
