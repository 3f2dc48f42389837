package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MappingConfig.OnDelete;
import io.iotdbmigrate.config.MappingConfig.OnPartitionDrop;
import io.iotdbmigrate.config.MappingConfig.OnUpdate;
import io.iotdbmigrate.config.MigrationConfig;
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
import java.util.List;
import java.util.Set;

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
     * Counts now.
     *
     * @param differences gets a sentence for each measurement that differs
     */
    List<Verified.Table> compare(List<String> differences) throws IOException, SQLException {
        List<Verified.Table> tables = new ArrayList<>();
        try (Connection mysql = MySqlConnections.open(config.mysql());
                TargetReader iotdb = Targets.reader(Retries.of(config.iotdb(), config.sink()))) {
            for (TargetUnit unit : plan.units()) {
                long rows = 0;
                for (int i : unit.mappings()) {
                    TableMapping mapping = plan.mappings().get(i);
                    TableValues source = TableValues.count(mysql, mapping);
                    if (!unit.isShared() && isRowByRow(i)) {
                        compare(mapping, source, iotdb.countValues(mapping), differences);
                    }
                    rows += source.rows();
                }
                tables.add(new Verified.Table(VerifySpec.name(plan, unit), rows, rows, ""));
            }
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
