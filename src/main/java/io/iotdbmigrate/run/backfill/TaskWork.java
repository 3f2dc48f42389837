package io.iotdbmigrate.run.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.flink.cluster.JobPages;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a part of a job did with its time, added up over its subtasks.
 *
 * @param name as Flink calls it
 * @param busy with rows
 * @param held by the part behind it, which did not take more
 * @param idle for want of rows
 */
public record TaskWork(String name, Duration busy, Duration held, Duration idle) {

    /** Reads them in the order of the job; empty if its cluster does not say. */
    static List<TaskWork> of(JobPages job) throws IOException {
        List<TaskWork> tasks = new ArrayList<>();
        for (JsonNode vertex : job.get("").path("vertices")) {
            JsonNode metrics = vertex.path("metrics");
            tasks.add(
                    new TaskWork(
                            vertex.path("name").asText(),
                            millis(metrics.path("accumulated-busy-time")),
                            millis(metrics.path("accumulated-backpressured-time")),
                            millis(metrics.path("accumulated-idle-time"))));
        }
        return tasks;
    }

    /** Returns a time; Flink writes NaN as text for one that it does not know. */
    private static Duration millis(JsonNode time) {
        return Duration.ofMillis(time.isNumber() ? time.asLong() : 0);
    }
}
