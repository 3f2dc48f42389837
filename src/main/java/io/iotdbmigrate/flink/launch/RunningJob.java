package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the job of this state folder can be spoken to, written while it runs.
 *
 * @param command backfill or cdc
 * @param pid of the process that submitted it
 * @param host of that process
 * @param rest address of Flink's REST API, e.g. {@code http://127.0.0.1:8081}
 * @param job Flink's id
 * @param savepoints URI of the folder for savepoints
 */
public record RunningJob(
        String command,
        long pid,
        String host,
        String rest,
        String job,
        Instant startedAt,
        String savepoints) {
    private static final JsonMapper JSON = new JsonMapper();

    static Optional<RunningJob> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readString(file));
        return Optional.of(
                new RunningJob(
                        node.path("command").asText(),
                        node.path("pid").asLong(),
                        node.path("host").asText(),
                        node.path("rest").asText(),
                        node.path("job").asText(),
                        Instant.parse(node.path("started_at").asText()),
                        node.path("savepoints").asText()));
    }

    void write(Path file) throws IOException {
        WholeFile.write(
                file,
                JSON.createObjectNode()
                                .put("command", command)
                                .put("pid", pid)
                                .put("host", host)
                                .put("rest", rest)
                                .put("job", job)
                                .put("started_at", startedAt.toString())
                                .put("savepoints", savepoints)
                                .toPrettyString()
                        + "\n");
    }
}
