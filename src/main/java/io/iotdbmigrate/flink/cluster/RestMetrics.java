package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Through Flink's REST API. */
public final class RestMetrics implements JobMetrics {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RestPages vertex;
    private final String prefix;

    /**
     * @param prefix of the metrics wanted, without Flink's operator name in front
     */
    public RestMetrics(String restAddress, JobID job, JobVertexID vertexId, String prefix) {
        this.vertex =
                new RestPages(
                        restAddress + "/jobs/" + job + "/vertices/" + vertexId + "/", TIMEOUT);
        this.prefix = prefix;
    }

    @Override
    public Map<String, Long> read() throws IOException {
        Map<String, Long> values = new HashMap<>();
        try {
            add(values, "subtasks/metrics", "sum", "&agg=sum");
            add(values, "jm-operator-metrics", "value", "");
        } catch (SocketTimeoutException e) {
            // A busy cluster answers the next time; progress is for people.
            values.clear();
        }
        return values;
    }

    private void add(Map<String, Long> values, String path, String field, String options)
            throws IOException {
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

    private JsonNode get(String path) throws IOException {
        return vertex.get(path).json().orElse(MissingNode.getInstance());
    }
}
