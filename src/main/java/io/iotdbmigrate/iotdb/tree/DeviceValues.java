package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;

/** How many values IoTDB has of a mapping's measurements, over all its devices. */
final class DeviceValues {
    private static final String COUNT = "c";
    private static final TimeFilter EVER = new TimeFilter.Range(Long.MIN_VALUE, Long.MAX_VALUE);

    private DeviceValues() {}

    /**
     * Counts.
     *
     * @return by measurement
     * @throws UserException exit code 5, if the server refuses
     * @throws IOException if it was away for longer than the retries last
     */
    static List<Long> count(Retries retries, TableMapping mapping) throws IOException {
        if (mapping.isTall()) {
            return countTall(retries, mapping);
        }
        List<String> devices =
                DeviceList.of(retries, mapping.template(), false).stream()
                        .map(StoredDevice::path)
                        .toList();
        int measurements = mapping.measurements().size();
        long[] sums = new long[measurements];
        for (List<String> group : DeviceGroups.of(devices)) {
            long[] counts = count(retries, query(mapping, group), measurements);
            for (int m = 0; m < measurements; m++) {
                sums[m] += counts[m];
            }
        }
        return Arrays.stream(sums).boxed().toList();
    }

    private static List<Long> countTall(Retries retries, TableMapping mapping) throws IOException {
        List<String> devices = TallDevices.of(retries, mapping);
        List<Long> sums = new ArrayList<>();
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            sums.add(
                    SeriesCounts.of(retries, measurement.name(), devices, EVER).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        return sums;
    }

    private static String query(TableMapping mapping, List<String> devices) {
        List<String> counts = new ArrayList<>();
        for (int m = 0; m < mapping.measurements().size(); m++) {
            counts.add("count(" + mapping.measurements().get(m).name() + ") AS " + COUNT + m);
        }
        return counts.stream().collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM "
                + String.join(", ", devices)
                + " ALIGN BY DEVICE";
    }

    private static long[] count(Retries retries, String query, int measurements)
            throws IOException {
        try {
            return retries.call(
                    session -> {
                        long[] counts = new long[measurements];
                        ServerQuery.each(
                                session,
                                query,
                                row -> {
                                    for (int m = 0; m < measurements; m++) {
                                        String count = row.get(COUNT + m);
                                        counts[m] += count == null ? 0 : Long.parseLong(count);
                                    }
                                    return true;
                                });
                        return counts;
                    });
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to count values", e);
        }
    }
}
