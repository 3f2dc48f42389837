package io.iotdbmigrate.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.verify.CountReport.Device;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From counts to the report and the file of devices that differ. */
public final class CountReports {
    private static final String VALUES =
            "values: only how many rows each device has was compared; verify without --counts"
                    + " compares values";

    private final List<TableRules> rules;
    private final VerifyOptions options;
    private final Path file;

    /**
     * @param file for all devices that differ; that of an earlier run goes
     */
    public CountReports(List<TableRules> rules, VerifyOptions options, Path file) {
        this.rules = List.copyOf(rules);
        this.options = options;
        this.file = file;
    }

    /**
     * @param replicates whether replication runs
     * @param endedAt where in the binlog it ended, null if that has no bearing
     */
    public CountReport of(
            CountComparison.Result result,
            Positions positions,
            boolean replicates,
            @Nullable ChangePosition endedAt,
            Duration duration)
            throws IOException {
        List<Device> devices =
                result.different().stream()
                        .map(key -> device(key, result))
                        .sorted(
                                Comparator.comparingLong(
                                                (Device d) ->
                                                        -Math.abs(d.mysqlPoints() - d.iotdbRows()))
                                        .thenComparing(Device::table)
                                        .thenComparing(Device::path))
                        .toList();
        write(devices);
        ReportNotes texts = new ReportNotes(rules, options);
        List<String> notCompared = new ArrayList<>(List.of(VALUES));
        notCompared.addAll(texts.notCompared());
        List<String> notes =
                new ArrayList<>(
                        texts.of(
                                positions.before(),
                                positions.after(),
                                replicates,
                                endedAt,
                                null,
                                0));
        notes.addAll(result.notes());
        return new CountReport(
                tables(result),
                devices.subList(0, Math.min(devices.size(), options.maxDifferences())),
                devices.isEmpty() ? null : file,
                positions,
                notCompared,
                notes,
                Instant.now(),
                duration);
    }

    private Device device(DeviceKey key, CountComparison.Result result) {
        return new Device(
                rules.get(key.table()).name(),
                key.device(),
                result.mysql().getOrDefault(key, SourceCount.NONE).points(),
                result.iotdb().getOrDefault(key, TargetCount.NONE).rows());
    }

    private List<CountReport.Table> tables(CountComparison.Result result) {
        List<CountReport.Table> tables = new ArrayList<>();
        Map<Integer, Map<DeviceKey, SourceCount>> allOfMysql = byTable(result.mysql());
        Map<Integer, Map<DeviceKey, TargetCount>> allOfIotdb = byTable(result.iotdb());
        Map<Integer, Long> different =
                result.different().stream()
                        .collect(Collectors.groupingBy(DeviceKey::table, Collectors.counting()));
        for (int i = 0; i < rules.size(); i++) {
            Map<DeviceKey, SourceCount> mysql = allOfMysql.getOrDefault(i, Map.of());
            Map<DeviceKey, TargetCount> iotdb = allOfIotdb.getOrDefault(i, Map.of());
            Set<DeviceKey> devices = new HashSet<>(mysql.keySet());
            devices.addAll(iotdb.keySet());
            tables.add(
                    new CountReport.Table(
                            rules.get(i).name(),
                            rules.get(i).mapping(),
                            rules.get(i).tables().size(),
                            devices.stream().filter(DeviceKey::isDevice).count(),
                            different.getOrDefault(i, 0L),
                            mysql.values().stream().reduce(SourceCount.NONE, SourceCount::plus),
                            iotdb.values().stream().reduce(TargetCount.NONE, TargetCount::plus)));
        }
        return tables;
    }

    private static <C> Map<Integer, Map<DeviceKey, C>> byTable(Map<DeviceKey, C> counts) {
        Map<Integer, Map<DeviceKey, C>> byTable = new HashMap<>();
        counts.forEach(
                (device, count) ->
                        byTable.computeIfAbsent(device.table(), t -> new HashMap<>())
                                .put(device, count));
        return byTable;
    }

    private void write(List<Device> devices) throws IOException {
        if (devices.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Device device : devices) {
                out.write(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("kind", "count")
                                .put("table", device.table())
                                .put("device", device.path())
                                .put("mysql_points", device.mysqlPoints())
                                .put("iotdb_rows", device.iotdbRows())
                                .toString());
                out.write('\n');
            }
        }
    }
}
