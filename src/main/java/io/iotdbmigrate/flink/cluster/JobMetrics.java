package io.iotdbmigrate.flink.cluster;

import java.io.IOException;
import java.util.Map;

/** What a part of a job says of itself. Not thread-safe. */
public interface JobMetrics {

    /** What the names of metrics end with of which the greatest counts, and not their sum. */
    String GREATEST = "Max";

    /**
     * Reads sums over all subtasks and the coordinator by metric name, or the greatest, see {@link
     * #GREATEST}; what is not reported yet is absent.
     */
    Map<String, Long> read() throws IOException;

    /** Adds a value to those that are known under its name. */
    static void add(Map<String, Long> values, String name, long value) {
        values.merge(name, value, name.endsWith(GREATEST) ? Long::max : Long::sum);
    }
}
