package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.OldestRow;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The guard of rows of dropped partitions, which {@code on_partition_drop: ignore} keeps in IoTDB.
 * Those older than all that MySQL has are counted apart; others, as of a partition in the middle,
 * nothing tells from rows that should not be there. So none is ever deleted.
 */
public final class KeptHistory {
    private KeptHistory() {}

    /**
     * Returns the time of MySQL's oldest row in the tables of each unit that keeps dropped
     * partitions. What IoTDB has of before is what was dropped.
     *
     * @throws UserException exit code 4, if MySQL does not answer
     */
    public static List<Long> before(MigrationConfig config, MigrationPlan plan) {
        return plan.units().stream().map(unit -> before(config, plan, unit)).toList();
    }

    private static long before(MigrationConfig config, MigrationPlan plan, TargetUnit unit) {
        List<TableMapping> mappings = unit.mappings().stream().map(plan.mappings()::get).toList();
        return mappings.stream().anyMatch(m -> m.onPartitionDrop() == OnPartitionDrop.IGNORE)
                ? OldestRow.time(config.mysql(), mappings)
                : TableRules.KEEPS_NOTHING;
    }

    /**
     * Tells of the tables that may have such rows.
     *
     * @throws UserException exit code 3, if the repair would delete them
     */
    static void protect(
            List<TableMapping> mappings, VerifyOptions options, VerifyListener listener) {
        String tables =
                mappings.stream()
                        .filter(m -> m.onPartitionDrop() == OnPartitionDrop.IGNORE)
                        .map(m -> m.name())
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (tables.isEmpty()) {
            return;
        }
        if (options.repair() == RepairMode.WRITE_AND_DELETE) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "on_partition_drop: ignore keeps rows of dropped partitions of "
                            + tables
                            + ", and --delete-extra would delete them; leave --delete-extra out, or"
                            + " name other tables with --tables");
        }
        listener.note(
                "on_partition_drop: ignore keeps rows of dropped partitions of "
                        + tables
                        + "; those older than all that MySQL has are counted apart, others differ");
    }
}
