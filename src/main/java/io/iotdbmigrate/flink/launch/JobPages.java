package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What Flink's REST interface says of one job. */
final class JobPages {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = new JsonMapper();
    private final String address;

    /**
     * @param rest {@code http://host:port}
     */
    JobPages(String rest, String job) {
        this.address = rest + "/jobs/" + job;
    }

    /**
     * @param path behind the job's own, may be empty
     * @return a missing node if the cluster has no such page, as of a job it does not know
     * @throws IOException if it does not answer
     */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == NOT_FOUND) {
            return json.missingNode();
        }
        if (answer.statusCode() != OK) {
            throw new IOException(request.uri() + " answers " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }
}
