package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.config.MappingConfig.OnDuplicate;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.DeviceCounter;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.verify.DeviceKey;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.SourceCount;
import io.iotdbmigrate.verify.SourceCounts;
import io.iotdbmigrate.verify.SourceTimes;
import io.iotdbmigrate.verify.VerifyOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts MySQL's rows by device. */
public final class MySqlCounts implements SourceCounts {
    private final VerifySpec spec;
    private final VerifyOptions options;
    private final List<Boolean> uniqueRows;

    /**
     * @param uniqueRows for each table, whether no two of its rows can share (device, time)
     */
    public MySqlCounts(VerifySpec spec, VerifyOptions options, List<Boolean> uniqueRows) {
        this.spec = spec;
        this.options = options;
        this.uniqueRows = List.copyOf(uniqueRows);
    }

    @Override
    public Map<DeviceKey, SourceCount> all() {
        Map<DeviceKey, SourceCount> counts = new HashMap<>();
        Scope.Filter scope = spec.scope().filter();
        try (Connection connection = MySqlConnections.open(spec.source().mysql())) {
            for (int i = 0; i < spec.tables().size(); i++) {
                int table = i;
                new DeviceCounter(spec.tables().get(i).mapping(), uniqueRows.get(i))
                        .count(
                                connection,
                                options.since(),
                                options.until(),
                                count -> add(counts, table, count, scope));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return counts;
    }

    private static void add(
            Map<DeviceKey, SourceCount> counts,
            int table,
            DeviceCounter.Count count,
            Scope.Filter scope) {
        Optional<Device> device = count.device();
        if (device.isEmpty()) {
            counts.merge(
                    DeviceKey.none(table),
                    new SourceCount(count.rows(), 0, 0, count.rows()),
                    SourceCount::plus);
        } else if (scope.holds(device.get())) {
            counts.merge(
                    new DeviceKey(table, device.get().path()),
                    new SourceCount(count.rows(), count.points(), count.empty(), count.rejected()),
                    SourceCount::plus);
        }
    }

    /** Of a device whose rows are read: by time, whether the row that stands has a value. */
    private static final class Rows {
        private final Map<Long, Boolean> standing = new HashMap<>();
        private long rows;
        private long empty;

        void add(long time, boolean isEmpty, boolean firstStands) {
            rows++;
            empty += isEmpty ? 1 : 0;
            if (firstStands) {
                standing.putIfAbsent(time, !isEmpty);
            } else {
                standing.put(time, !isEmpty);
            }
        }

        SourceTimes times() {
            Map<Boolean, Set<Long>> times =
                    standing.keySet().stream()
                            .collect(Collectors.partitioningBy(standing::get, Collectors.toSet()));
            Set<Long> points = times.getOrDefault(true, Set.of());
            return new SourceTimes(
                    new SourceCount(rows, points.size(), empty, 0),
                    points,
                    times.getOrDefault(false, Set.of()));
        }
    }

    @Override
    public Map<DeviceKey, SourceTimes> exactly(Set<DeviceKey> devices) {
        Map<DeviceKey, Rows> read = new HashMap<>();
        try (Connection connection = MySqlConnections.open(spec.source().mysql())) {
            for (int i = 0; i < spec.tables().size(); i++) {
                int index = i;
                if (devices.stream().anyMatch(d -> d.table() == index)) {
                    Table table = spec.tables().get(i);
                    boolean first = table.mapping().onDuplicate() == OnDuplicate.FIRST;
                    MappedRows.each(
                            connection,
                            table,
                            new Chunk(i, 0, List.of(), List.of()),
                            (row, number) -> add(read, devices, index, row, first));
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        Map<DeviceKey, SourceTimes> times = new HashMap<>();
        read.forEach((device, rows) -> times.put(device, rows.times()));
        return times;
    }

    private void add(
            Map<DeviceKey, Rows> read,
            Set<DeviceKey> devices,
            int table,
            TargetRow row,
            boolean firstStands) {
        DeviceKey key = new DeviceKey(table, row.device().path());
        if (devices.contains(key) && spec.scope().holds(row.time())) {
            read.computeIfAbsent(key, k -> new Rows()).add(row.time(), row.isEmpty(), firstStands);
        }
    }

    private UserException unreadable(SQLException e) {
        return new UserException(
                ExitCode.MYSQL,
                "MySQL at "
                        + spec.source().mysql().address()
                        + " could not count its rows ("
                        + e.getMessage()
                        + "), so nothing is said about differences; see that it runs, then start"
                        + " again",
                e);
    }
}
