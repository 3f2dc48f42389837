package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.SeriesPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iotdb.rpc.StatementExecutionException;

/** How many values series have that lie on few devices, as those of tall tables do. */
final class SeriesCounts {
    private static final String COUNT = "c";

    private SeriesCounts() {}

    /**
     * Has the server count.
     *
     * @param measurement of a tall table, as its mapping has it
     * @param devices of a tall table
     * @return by device; those that the server does not answer for are absent
     * @throws io.iotdbmigrate.model.UserException exit code 5, if the server refuses
     * @throws IOException if it was away for longer than the retries last
     */
    static Map<String, Long> of(
            Retries retries, String measurement, List<String> devices, TimeFilter times)
            throws IOException {
        Map<String, List<String>> byHolder = new LinkedHashMap<>();
        for (String device : devices) {
            byHolder.computeIfAbsent(SeriesPath.holder(device, measurement), h -> new ArrayList<>())
                    .add(device);
        }
        Map<String, Long> counts = new HashMap<>();
        for (Map.Entry<String, List<String>> holder : byHolder.entrySet()) {
            for (List<String> group : DeviceGroups.of(holder.getValue())) {
                count(retries, holder.getKey(), measurement, group, times, counts);
            }
        }
        return counts;
    }

    private static void count(
            Retries retries,
            String holder,
            String measurement,
            List<String> devices,
            TimeFilter times,
            Map<String, Long> counts)
            throws IOException {
        String query =
                IntStream.range(0, devices.size())
                                .mapToObj(
                                        i ->
                                                "count("
                                                        + SeriesPath.node(
                                                                devices.get(i), measurement)
                                                        + ") AS "
                                                        + COUNT
                                                        + i)
                                .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                        + holder
                        + TimeCondition.where(times)
                        + " ALIGN BY DEVICE";
        try {
            retries.run(
                    session ->
                            ServerQuery.each(
                                    session,
                                    query,
                                    PointReader.TIMEOUT_MILLIS,
                                    row -> {
                                        for (int i = 0; i < devices.size(); i++) {
                                            String count = row.get(COUNT + i);
                                            if (count != null) {
                                                counts.put(devices.get(i), Long.parseLong(count));
                                            }
                                        }
                                        return true;
                                    }));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to count values", e);
        }
    }
}
