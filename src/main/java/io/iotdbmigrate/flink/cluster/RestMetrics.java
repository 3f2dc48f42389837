package io.iotdbmigrate.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;

/** Through Flink's REST API. */
public final class RestMetrics implements JobMetrics {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<RestPages> vertices;
    private final String prefix;

    /**
     * @param vertices parts of the job
     * @param prefix of the metrics wanted, without Flink's operator name in front
     */
    public RestMetrics(String restAddress, JobID job, List<JobVertexID> vertices, String prefix) {
        String pages = restAddress + "/jobs/" + job + "/vertices/";
        this.vertices =
                vertices.stream().map(id -> new RestPages(pages + id + "/", TIMEOUT)).toList();
        this.prefix = prefix;
    }

    @Override
    public Map<String, Long> read() throws IOException {
        Map<String, Long> values = new HashMap<>();
        try {
            for (RestPages vertex : vertices) {
                add(values, vertex, "subtasks/metrics", "&agg=sum,max");
                add(values, vertex, "jm-operator-metrics", "");
            }
        } catch (SocketTimeoutException e) {
            // A busy cluster answers the next time; progress is for people.
            values.clear();
        }
        return values;
    }

    private void add(Map<String, Long> values, RestPages vertex, String path, String options)
            throws IOException {
        Map<String, String> names = new HashMap<>();
        for (JsonNode metric : get(vertex, path)) {
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
        for (JsonNode metric : get(vertex, path + "?get=" + wanted + options)) {
            String name = names.get(metric.path("id").asText());
            String field = options.isEmpty() ? "value" : name.endsWith(GREATEST) ? "max" : "sum";
            JobMetrics.add(values, name, (long) metric.path(field).asDouble());
        }
    }

    private static JsonNode get(RestPages vertex, String path) throws IOException {
        return vertex.get(path).json().orElse(MissingNode.getInstance());
    }
}
