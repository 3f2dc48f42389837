package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.rows.TableValues;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Counts of rows and values of all tables. Both sides must have as many values of each measurement
 * where a row of MySQL is a row of IoTDB: rows cannot share device and time, IoTDB keeps no deleted
 * or former ones, none was rejected, and no other table writes the same series. Of other tables
 * MySQL's rows are counted only.
 */
final class ValueCounts {

    private final MigrationConfig config;
    private final MigrationPlan plan;
    private final Set<String> rejected;

    /**
     * @param rejected tables with rows that are not in IoTDB
     */
    ValueCounts(MigrationConfig config, MigrationPlan plan, Set<String> rejected) {
        this.config = config;
        this.plan = plan;
        this.rejected = Set.copyOf(rejected);
    }

    /**
     * Begins to count what MySQL holds of each table of the plan, on a thread of its own. Nothing
     * may change there until it has ended.
     */
    FutureTask<List<TableValues>> beginSource() {
        return begin("counts of MySQL", this::source);
    }

    /** Begins to count what {@link #target()} counts, on a thread of its own. */
    FutureTask<Map<Integer, List<Long>>> beginTarget() {
        return begin("counts of IoTDB", this::target);
    }

    private static <T> FutureTask<T> begin(String name, Callable<T> count) {
        FutureTask<T> counting = new FutureTask<>(count);
        Thread thread = new Thread(counting, name);
        thread.setDaemon(true);
        thread.start();
        return counting;
    }

    private List<TableValues> source() throws SQLException {
        List<TableValues> counts = new ArrayList<>();
        try (Connection mysql = MySqlConnections.open(config.mysql())) {
            for (TableMapping mapping : plan.mappings()) {
                counts.add(TableValues.count(mysql, mapping));
            }
        }
        return counts;
    }

    /** Counts what IoTDB holds of each table, by its index in the plan, that can be compared. */
    Map<Integer, List<Long>> target() throws IOException {
        Map<Integer, List<Long>> counts = new HashMap<>();
        try (TargetReader iotdb = Targets.reader(Retries.of(config.iotdb(), config.sink()))) {
            for (TargetUnit unit : plan.units()) {
                for (int i : unit.mappings()) {
                    if (!unit.isShared() && isRowByRow(i)) {
                        counts.put(i, iotdb.countValues(plan.mappings().get(i)));
                    }
                }
            }
        }
        return counts;
    }

    /**
     * Compares what was counted.
     *
     * @param source of each table of the plan
     * @param differences gets a sentence for each measurement that differs
     */
    List<Verified.Table> compare(
            List<TableValues> source, Map<Integer, List<Long>> target, List<String> differences) {
        List<Verified.Table> tables = new ArrayList<>();
        for (TargetUnit unit : plan.units()) {
            long rows = 0;
            for (int i : unit.mappings()) {
                List<Long> found = target.get(i);
                if (found != null) {
                    compare(plan.mappings().get(i), source.get(i), found, differences);
                }
                rows += source.get(i).rows();
            }
            tables.add(new Verified.Table(VerifySpec.name(plan, unit), rows, rows, ""));
        }
        return tables;
    }

    /** Returns the name as reports call a unit of the plan. */
    String name(int unit) {
        return VerifySpec.name(plan, plan.units().get(unit));
    }

    private boolean isRowByRow(int index) {
        TableMapping mapping = plan.mappings().get(index);
        return mapping.onDelete() == OnDelete.DELETE
                && mapping.onPartitionDrop() == OnPartitionDrop.FAIL
                && mapping.onUpdate() == OnUpdate.OVERWRITE
                && !rejected.contains(mapping.name())
                && Uniqueness.guarantee(mapping, plan.schemas().get(index)).isPresent();
    }

    private static void compare(
            TableMapping mapping, TableValues source, List<Long> target, List<String> differences) {
        for (int m = 0; m < target.size(); m++) {
            if (!source.values().get(m).equals(target.get(m))) {
                differences.add(
                        "%s: MySQL has %d values of %s, IoTDB %d"
                                .formatted(
                                        mapping.name(),
                                        source.values().get(m),
                                        mapping.shown(mapping.measurements().get(m)),
                                        target.get(m)));
            }
        }
    }
}
