package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.LookupConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpec.Growth;
import io.iotdbmigrate.flink.cdc.CdcSpec.Names;
import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.plan.MigrationPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The maker of the job's spec from the config and what both servers said. */
public final class CdcSpecs {
    private CdcSpecs() {}

    /**
     * Plans the spec of a replication.
     *
     * @param names what it begins with
     * @param workDir URI that every part of the cluster reaches
     */
    public static CdcSpec of(
            MigrationConfig config,
            MigrationPlan plan,
            Names names,
            BinlogServer server,
            CdcStart start,
            String workDir) {
        return of(config, plan, names, server, start, config.cdc().serverId(), workDir, true);
    }

    /** Plans the spec of a replication that begins with the names of now. */
    public static CdcSpec of(
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            CdcStart start,
            String workDir) {
        return of(config, plan, new Names(plan.lookups(), null), server, start, workDir);
    }

    /** Plans the spec of a job that only looks at the binlog, beside the replication. */
    public static CdcSpec watching(
            MigrationConfig config,
            MigrationPlan plan,
            BinlogServer server,
            CdcStart start,
            String workDir) {
        Names names = new Names(plan.lookups(), null);
        return of(config, plan, names, server, start, null, workDir, false);
    }

    /** Returns the tables whose row events matter. */
    public static Set<TableId> mappedTables(MigrationConfig config) {
        return Stream.concat(
                        config.usedLookups().stream().map(LookupConfig::table),
                        config.mappedTables().stream())
                .map(table -> TableId.named(table, config.mysql().database()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the tables whose events matter, those too that are gone and match a pattern. */
    public static CountedTables counted(MigrationConfig config) {
        return new CountedTables(
                mappedTables(config), table -> config.isByPattern(table.database(), table.table()));
    }

    private static CdcSpec of(
            MigrationConfig config,
            MigrationPlan plan,
            Names names,
            BinlogServer server,
            CdcStart start,
            @Nullable ServerIdRange wanted,
            String workDir,
            boolean follows) {
        server.requirements().requireUncompressed();
        server.requirements().requireOwnBinlog();
        requireSameNaming(plan);
        requireReadableNames(followed(plan));
        List<Table> tables =
                tables(
                        plan,
                        server,
                        start instanceof CdcStart.At at ? at.createTable().values() : List.of());
        return new CdcSpec(
                config.name(),
                config.mysql(),
                config.iotdb(),
                Table.together(tables),
                names,
                start,
                Objects.requireNonNullElseGet(start.server(), server::uuid),
                server.serverId(wanted),
                config.cdc().heartbeatInterval(),
                server.dialect(),
                config.databases(),
                config.backfill().parallelism(),
                config.sink(),
                config.rejectedRows().max(),
                workDir,
                follows ? new Growth(config, UUID.randomUUID().toString()) : null);
    }

    /** Requires that tables of one target have one way from a row to its names. */
    private static void requireSameNaming(MigrationPlan plan) {
        for (TargetUnit unit : plan.units()) {
            TableMapping first = plan.mappings().get(unit.mappings().get(0));
            for (int index : unit.mappings()) {
                TableMapping other = plan.mappings().get(index);
                if (!references(first).equals(references(other))) {
                    throw new UserException(
                            ExitCode.CONFIG,
                            first.name()
                                    + " and "
                                    + other.name()
                                    + " may write the same series, and not all of them name it by"
                                    + " the same look-ups, so cdc cannot tell which row stands; use"
                                    + " the same look-ups, or give one of them other devices by"
                                    + " device_template, or by target_table or tags");
                }
            }
        }
    }

    private static Set<String> references(TableMapping mapping) {
        return mapping.device().columns().stream()
                .flatMap(c -> mapping.device().lookups(c).stream())
                .map(Lookup::reference)
                .collect(Collectors.toSet());
    }

    /** Returns the tables whose changes are followed, each once. */
    public static List<TableId> followed(MigrationPlan plan) {
        return Stream.concat(
                        plan.lookups().stream().map(LookupColumn::table),
                        plan.mappings().stream().map(TableMapping::table))
                .distinct()
                .toList();
    }

    /**
     * Plans the tables of mappings that a replication can follow.
     *
     * @param createTables their definitions where the replication begins
     * @throws UserException if it cannot follow one
     */
    static List<Table> tables(
            MigrationPlan plan, BinlogServer server, Collection<String> createTables) {
        List<TableId> followed = followed(plan);
        server.requirements().requireLogged(followed);
        server.requirements().requireNoView(followed);
        server.requirements().requireReadableRows(followed, createTables);
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < plan.mappings().size(); i++) {
            TableMapping mapping = plan.mappings().get(i);
            TableSchema schema = plan.schemas().get(i);
            List<String> key =
                    mapping.keyColumns().stream()
                            .map(c -> mapping.columns().get(c).name())
                            .toList();
            boolean unique = Uniqueness.guarantee(mapping, schema).isPresent();
            tables.add(
                    new Table(
                            mapping.withLookups(Lookup::withoutValues),
                            schema.uniqueKeys(),
                            unique,
                            !unique && server.ascendingKey(schema.id(), key),
                            true,
                            true));
        }
        return tables;
    }

    /**
     * Refuses tables that the connector cannot tell apart, or not go on with.
     *
     * @throws UserException for the first
     */
    static void requireReadableNames(List<TableId> tables) {
        ConnectorNames.findings(tables).stream()
                .findFirst()
                .ifPresent(
                        found -> {
                            throw new UserException(found.exitCode(), found.sentence());
                        });
    }
}
