package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.TargetReader.RowCount;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A counter that has the server count rows in which any of some measurements has a value. It cannot
 * for a device that lacks the series of one of them. ({@code count_time(*)} would count times that
 * only other series have, and knows nothing of unaligned devices.)
 */
final class RowCounter {
    private static final String ROWS = "row_count";
    private static final String MARKS = "mark_count";

    private final Retries retries;
    private final List<String> measurements;
    private final @Nullable String mark;
    private final TimeFilter times;

    /**
     * @param measurements as path nodes
     * @param mark a measurement that is counted by itself; a row that has only this one counts
     */
    RowCounter(
            Retries retries, List<String> measurements, @Nullable String mark, TimeFilter times) {
        this.retries = retries;
        this.measurements = measurements;
        this.mark = mark;
        this.times = times;
    }

    /**
     * Counts. Devices that the server does not answer for are absent.
     *
     * @throws UserException exit code 5, if the server refuses
     * @throws IOException if it was away for longer than the retries last
     */
    Map<String, RowCount> of(List<String> devices) throws IOException {
        if (SeriesPath.isTall(measurements.get(0))) {
            return ofTall(devices);
        }
        Map<String, RowCount> counts = new HashMap<>();
        for (List<String> group : DeviceGroups.of(devices)) {
            counts.putAll(some(group, measurements, mark));
        }
        return counts;
    }

    private Map<String, RowCount> ofTall(List<String> devices) throws IOException {
        Map<String, RowCount> counts = new HashMap<>();
        if (measurements.size() == 1 && mark == null) {
            SeriesCounts.of(retries, measurements.get(0), devices, times)
                    .forEach((device, rows) -> counts.put(device, new RowCount(rows, 0)));
            return counts;
        }
        for (String device : devices) {
            List<String> names =
                    measurements.stream().map(m -> SeriesPath.node(device, m)).toList();
            String marks = mark == null ? null : SeriesPath.node(device, mark);
            String holder = SeriesPath.holder(device, measurements.get(0));
            RowCount count = some(List.of(holder), names, marks).get(holder);
            if (count != null) {
                counts.put(device, count);
            }
        }
        return counts;
    }

    private Map<String, RowCount> some(
            List<String> devices, List<String> names, @Nullable String marks) throws IOException {
        String query =
                "SELECT count("
                        + names.stream()
                                .map(m -> m + " IS NULL")
                                .collect(Collectors.joining(" OR "))
                        + ") AS "
                        + ROWS
                        + (marks == null ? "" : ", count(" + marks + ") AS " + MARKS)
                        + " FROM "
                        + String.join(", ", devices)
                        + TimeCondition.where(times)
                        + " ALIGN BY DEVICE";
        try {
            return retries.call(
                    session -> {
                        Map<String, RowCount> counts = new HashMap<>();
                        ServerQuery.each(
                                session,
                                query,
                                PointReader.TIMEOUT_MILLIS,
                                row -> {
                                    String rows = row.get(ROWS);
                                    if (rows != null) {
                                        counts.put(
                                                TreePath.normal(String.valueOf(row.get("Device"))),
                                                new RowCount(number(rows), number(row.get(MARKS))));
                                    }
                                    return true;
                                });
                        return counts;
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to count rows", e);
        }
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
