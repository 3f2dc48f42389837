package io.iotdbmigrate.flink.cluster;

import java.io.IOException;
import java.util.Map;

/** What a part of a job says of itself. Not thread-safe. */
public interface JobMetrics {

    /**
     * Reads sums over all subtasks and the coordinator by metric name; what is not reported yet is
     * absent.
     */
    Map<String, Long> read() throws IOException;
}
