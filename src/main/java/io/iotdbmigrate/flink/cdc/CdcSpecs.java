package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The maker of the job's spec from the config and what both servers said. */
public final class CdcSpecs {
    private CdcSpecs() {}

    /**
     * Plans the spec of a replication.
     *
     * @param workDir URI that every part of the cluster reaches
     */
    public static CdcSpec of(
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            CdcStart start,
            String workDir) {
        return of(config, plan, server, start, config.cdc().serverId(), workDir);
    }

    /** Plans the spec of a job that only looks at the binlog, beside the replication. */
    public static CdcSpec watching(
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            CdcStart start,
            String workDir) {
        return of(config, plan, server, start, null, workDir);
    }

    /** Returns the tables whose row events matter. */
    public static Set<TableId> mappedTables(MigrationConfig config) {
        return config.mappings().stream()
                .map(m -> TableId.named(m.table(), config.mysql().database()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static CdcSpec of(
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            CdcStart start,
            @Nullable ServerIdRange wanted,
            String workDir) {
        requireNoLookups(plan);
        server.requirements().requireUncompressed();
        server.requirements().requireOwnBinlog();
        ConnectorNames.clashes(plan.mappings().stream().map(TableMapping::table).toList()).stream()
                .findFirst()
                .ifPresent(
                        clash -> {
                            throw new UserException(clash.exitCode(), clash.sentence());
                        });
        server.requirements().requireNoView(plan.schemas().stream().map(TableSchema::id).toList());
        server.requirements()
                .requireReadableRows(
                        plan.schemas().stream().map(TableSchema::id).toList(),
                        start instanceof CdcStart.At at ? at.createTable().values() : List.of());
        return new CdcSpec(
                config.name(),
                config.mysql(),
                config.iotdb(),
                tables(plan, server),
                start,
                Objects.requireNonNullElseGet(start.server(), server::uuid),
                server.serverId(wanted),
                config.cdc().heartbeatInterval(),
                server.dialect(),
                config.databases(),
                config.backfill().parallelism(),
                config.sink(),
                config.rejectedRows().max(),
                workDir);
    }

    /** Refuses names that another table's changes would change. */
    private static void requireNoLookups(MigrationPlan plan) {
        for (TableMapping mapping : plan.mappings()) {
            if (mapping.device() instanceof DeviceTemplate template && template.hasLookups()) {
                throw new UserException(
                        ExitCode.CONFIG,
                        "the mapping of "
                                + mapping.name()
                                + " uses iotdb.lookups, whose tables cdc does not follow: a changed"
                                + " name would go unseen; copy such tables by backfill alone, or"
                                + " name devices by the table's own columns");
            }
        }
    }

    private static List<Table> tables(MigrationPlan plan, BinlogServer server) {
        List<Table> tables = new ArrayList<>();
        List<TargetUnit> units = plan.units();
        int[] unitOf = TargetUnit.unitOf(units);
        for (int i = 0; i < plan.mappings().size(); i++) {
            TableMapping mapping = plan.mappings().get(i);
            TableSchema schema = plan.schemas().get(i);
            List<String> key =
                    mapping.keyColumns().stream()
                            .map(c -> mapping.columns().get(c).name())
                            .toList();
            List<Integer> unit = units.get(unitOf[i]).mappings();
            boolean unique = Uniqueness.guarantee(mapping, schema).isPresent();
            // What the last table of a unit inserts stands before the rows of all others.
            boolean isLast = unit.get(unit.size() - 1) == i;
            tables.add(
                    new Table(
                            mapping,
                            unique && unit.size() == 1,
                            isLast && (unique || server.ascendingKey(schema.id(), key))));
        }
        return tables;
    }
}
