package io.iotdbmigrate.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** A Flink cluster as its Web UI uses it. */
public final class FlinkRest {
    private static final String BOUNDARY = "----iotdb-migrate-it";
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String address;

    /**
     * @param address {@code host:port}
     */
    public FlinkRest(String address) {
        this.address = address;
    }

    /** The answer as it is, errors too. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** For instance RUNNING. */
    public String state(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/status").path("status").asText();
    }

    /** Whether it has ended for good, well or not. */
    public boolean hasEnded(String job) throws IOException, InterruptedException {
        return ENDED.contains(state(job));
    }

    /** How many there have been. */
    public int completedCheckpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asInt();
    }

    /** Uploads a jar and returns its id. */
    public String upload(Path jar) throws IOException, InterruptedException {
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(
                                "--"
                                        + BOUNDARY
                                        + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                                        + " filename=\"job.jar\"\r\nContent-Type:"
                                        + " application/x-java-archive\r\n\r\n",
                                StandardCharsets.US_ASCII),
                        BodyPublishers.ofFile(jar),
                        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        JsonNode answer =
                send(
                        request("/jars/upload")
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(body)
                                .build());
        String file = answer.path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** Runs a class of an uploaded jar; the answer has {@code jobid} or {@code errors}. */
    public JsonNode run(String jar, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        return post("/jars/" + jar + "/run", toRun(mainClass, arguments));
    }

    /** Likewise, going on from a savepoint. */
    public JsonNode runFrom(String savepoint, String jar, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        return post(
                "/jars/" + jar + "/run",
                toRun(mainClass, arguments).put("savepointPath", savepoint));
    }

    private ObjectNode toRun(String mainClass, String... arguments) {
        ObjectNode body = json.createObjectNode().put("entryClass", mainClass);
        for (String argument : arguments) {
            body.withArray("programArgsList").add(argument);
        }
        return body;
    }

    /** Asks a job to stop with a savepoint; returns the address of the answer to that. */
    public String stop(String job, String folder) throws IOException, InterruptedException {
        String jobPath = "/jobs/" + job;
        JsonNode answer =
                post(
                        jobPath + "/stop",
                        json.createObjectNode().put("targetDirectory", folder).put("drain", false));
        return jobPath + "/savepoints/" + answer.path("request-id").asText();
    }

    /** Ends a job without a savepoint. */
    public void cancel(String job) throws IOException, InterruptedException {
        http.send(
                request("/jobs/" + job + "?mode=cancel")
                        .method("PATCH", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
    }

    /** Forgets an uploaded jar. */
    public void delete(String jar) throws IOException, InterruptedException {
        send(request("/jars/" + jar).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path));
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
