package io.iotdbmigrate.flink.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Reads metrics of a job vertex through Flink's REST API. */
final class JobMetrics {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = new JsonMapper();
    private final URI vertex;
    private final String prefix;

    /**
     * @param prefix of the metrics wanted, without Flink's operator name in front
     */
    JobMetrics(String restAddress, JobID job, JobVertexID vertexId, String prefix) {
        this.vertex = URI.create(restAddress + "/jobs/" + job + "/vertices/" + vertexId + "/");
        this.prefix = prefix;
    }

    /**
     * Sums over all subtasks and the coordinator by metric name; what is not reported yet is
     * absent.
     */
    Map<String, Long> read() throws IOException, InterruptedException {
        Map<String, Long> values = new HashMap<>();
        try {
            add(values, "subtasks/metrics", "sum", "&agg=sum");
            add(values, "jm-operator-metrics", "value", "");
        } catch (HttpTimeoutException e) {
            // A busy cluster answers the next time; progress is for people.
            values.clear();
        }
        return values;
    }

    private void add(Map<String, Long> values, String path, String field, String options)
            throws IOException, InterruptedException {
        Map<String, String> names = new HashMap<>();
        for (JsonNode metric : get(path)) {
            String id = metric.path("id").asText();
            int at = id.lastIndexOf('.') + 1;
            if (id.startsWith(prefix, at)) {
                names.put(id, id.substring(at));
            }
        }
        if (names.isEmpty()) {
            return;
        }
        String wanted =
                names.keySet().stream()
                        .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(","));
        for (JsonNode metric : get(path + "?get=" + wanted + options)) {
            values.merge(
                    names.get(metric.path("id").asText()),
                    (long) metric.path(field).asDouble(),
                    Long::sum);
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(vertex.resolve(path)).timeout(TIMEOUT).GET().build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200
                ? json.readTree(response.body())
                : json.createArrayNode();
    }
}
