package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.rows.DeviceCounter;
import io.iotdbmigrate.verify.DeviceKey;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.SourceCount;
import io.iotdbmigrate.verify.SourceCounts;
import io.iotdbmigrate.verify.SourceTimes;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.VerifyOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts of MySQL's rows by device. */
public final class MySqlCounts implements SourceCounts {
    private final VerifySpec spec;
    private final VerifyOptions options;
    private final List<Boolean> uniqueRows;
    private final UnitLayout layout;

    /**
     * @param uniqueRows for each table, whether no two of its rows can share (device, time)
     */
    public MySqlCounts(VerifySpec spec, VerifyOptions options, List<Boolean> uniqueRows) {
        this.spec = spec;
        this.options = options;
        this.uniqueRows = List.copyOf(uniqueRows);
        this.layout = new UnitLayout(spec);
    }

    @Override
    public Map<DeviceKey, SourceCount> all() {
        Map<DeviceKey, SourceCount> counts = new HashMap<>();
        Scope.Filter scope = spec.scope().filter();
        try (Connection connection = MySqlConnections.open(spec.source().mysql())) {
            for (int i = 0; i < spec.tables().size(); i++) {
                int unit = layout.unit(i);
                new DeviceCounter(spec.tables().get(i).mapping(), uniqueRows.get(i))
                        .count(
                                connection,
                                options.since(),
                                options.until(),
                                count -> add(counts, unit, count, scope));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return counts;
    }

    private static void add(
            Map<DeviceKey, SourceCount> counts,
            int unit,
            DeviceCounter.Count count,
            Scope.Filter scope) {
        Optional<Device> device = count.device();
        if (device.isEmpty()) {
            counts.merge(
                    DeviceKey.none(unit),
                    new SourceCount(count.rows(), 0, 0, count.rows()),
                    SourceCount::plus);
        } else if (scope.holds(device.get())) {
            counts.merge(
                    new DeviceKey(unit, device.get().path()),
                    new SourceCount(count.rows(), count.points(), count.empty(), count.rejected()),
                    SourceCount::plus);
        }
    }

    /** Rows of a device, by time, which columns the row that stands has. */
    private static final class Rows {
        private final Map<Long, BitSet> standing = new HashMap<>();
        private final Map<Long, BitSet> ofTable = new HashMap<>();
        private long rows;
        private long empty;

        /**
         * @param whole whether a row of nulls is there, too
         */
        void add(long time, @Nullable Object[] values, boolean firstStands, boolean whole) {
            BitSet there = new BitSet();
            there.set(values.length, whole);
            for (int i = 0; i < values.length; i++) {
                there.set(i, values[i] != null);
            }
            rows++;
            empty += there.isEmpty() ? 1 : 0;
            if (firstStands) {
                ofTable.putIfAbsent(time, there);
            } else {
                ofTable.put(time, there);
            }
        }

        /** Ends a table: a table is read; its rows stand before those of the tables before it. */
        void endTable(BitSet columns) {
            ofTable.forEach(
                    (time, there) -> {
                        BitSet all = standing.computeIfAbsent(time, t -> new BitSet());
                        all.andNot(columns);
                        all.or(there);
                    });
            ofTable.clear();
        }

        SourceTimes times() {
            Map<Boolean, Set<Long>> times =
                    standing.keySet().stream()
                            .collect(
                                    Collectors.partitioningBy(
                                            time -> !standing.get(time).isEmpty(),
                                            Collectors.toSet()));
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
        List<TableRules> rules = spec.rules();
        try (Connection connection = MySqlConnections.open(spec.source().mysql().origin())) {
            for (int i = 0; i < spec.tables().size(); i++) {
                int mapping = i;
                int unit = layout.unit(i);
                if (devices.stream().anyMatch(d -> d.table() == unit)) {
                    Table table = spec.tables().get(i);
                    MappedRows.each(
                            connection,
                            table,
                            new Chunk(i, 0, List.of(), List.of()),
                            (row, number) -> add(read, devices, mapping, row));
                    BitSet columns = new BitSet();
                    rules.get(unit).writers().get(layout.writer(i)).forEach(columns::set);
                    read.values().forEach(rows -> rows.endTable(columns));
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
            Map<DeviceKey, Rows> read, Set<DeviceKey> devices, int mapping, TargetRow row) {
        DeviceKey key = new DeviceKey(layout.unit(mapping), row.device().path());
        if (devices.contains(key) && spec.scope().holds(row.time())) {
            TableMapping of = spec.tables().get(mapping).mapping();
            boolean first = of.onDuplicate() == OnDuplicate.FIRST;
            read.computeIfAbsent(key, k -> new Rows())
                    .add(
                            row.time(),
                            layout.values(mapping, row.values()),
                            first,
                            of.keepsEmptyRows());
        }
    }

    private UserException unreadable(SQLException e) {
        return new UserException(
                ExitCode.MYSQL,
                ServerName.at(spec.source().mysql())
                        + " could not count its rows ("
                        + e.getMessage()
                        + "), so nothing is said about differences; see that it runs, then start"
                        + " again",
                e);
    }
}
