package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.PartitionJournal;
import io.iotdbmigrate.journal.PartitionJournal.Kept;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.rows.OldestRow;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.KeptTimes;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The guard of rows of dropped partitions, which {@code on_partition_drop: ignore} keeps in IoTDB.
 * Those older than all that MySQL has are counted apart, and those in the range of a partition that
 * {@code cdc} saw dropped. Others nothing tells from rows that should not be there. So none is ever
 * deleted.
 */
public final class KeptHistory {
    private KeptHistory() {}

    /**
     * Returns the times of such rows, for each unit.
     *
     * @throws UserException exit code 4, if MySQL does not answer
     * @throws IOException if IoTDB does not
     */
    public static List<KeptTimes> of(MigrationConfig config, MigrationPlan plan)
            throws IOException {
        if (plan.mappings().stream().noneMatch(KeptHistory::keeps)) {
            return plan.units().stream().map(unit -> KeptTimes.NONE).toList();
        }
        try (Journal journal = Journal.of(config)) {
            List<Kept> noted = PartitionJournal.all(journal.entries());
            return plan.units().stream().map(unit -> of(config, plan, unit, noted)).toList();
        }
    }

    private static boolean keeps(TableMapping mapping) {
        return mapping.onPartitionDrop() == OnPartitionDrop.IGNORE;
    }

    private static KeptTimes of(
            MigrationConfig config, MigrationPlan plan, TargetUnit unit, List<Kept> noted) {
        List<TableMapping> mappings = unit.mappings().stream().map(plan.mappings()::get).toList();
        if (mappings.stream().noneMatch(KeptHistory::keeps)) {
            return KeptTimes.NONE;
        }
        Set<TableId> tables =
                mappings.stream().map(TableMapping::table).collect(Collectors.toSet());
        return new KeptTimes(
                OldestRow.time(config.mysql(), mappings),
                noted.stream()
                        .filter(k -> tables.contains(new TableId(k.database(), k.table())))
                        .map(k -> new KeptTimes.Range(k.from(), k.last()))
                        .distinct()
                        .toList());
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
                        .filter(KeptHistory::keeps)
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
                            + " name other tables with --table");
        }
        listener.note(
                "on_partition_drop: ignore keeps rows of dropped partitions of "
                        + tables
                        + "; those are counted apart that are older than all that MySQL has, or in a"
                        + " partition that cdc saw dropped; others differ");
    }
}
