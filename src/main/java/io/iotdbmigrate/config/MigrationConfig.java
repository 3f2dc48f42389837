package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole config file, resolved and validated: defaults are filled in, secrets are read. The key
 * names and their meaning are those of {@code config/migration.example.yml}.
 *
 * @param name the migration's name: journal, state folder, job names; {@code [A-Za-z0-9_-]+}
 * @param env a label, shown and otherwise unused
 * @param mode if set, only the command of that mode runs
 * @param databases {@code iotdb.storage_groups}: databases to create if absent
 * @param mappings one for each table, once lists and patterns are resolved
 * @param entries the mappings as the file has them
 */
public record MigrationConfig(
        String name,
        @Nullable String env,
        @Nullable Mode mode,
        MySqlConfig mysql,
        IotdbConfig iotdb,
        List<TableConfig> tables,
        @Nullable PartitioningConfig partitioning,
        CdcConfig cdc,
        List<String> databases,
        List<LookupConfig> lookups,
        List<MappingConfig> mappings,
        List<MappingConfig> entries,
        BackfillConfig backfill,
        SinkConfig sink,
        RejectedRowsConfig rejectedRows,
        FlinkConfig flink,
        CutoverConfig cutover)
        implements Serializable {

    /** {@code mode}: the only command family this file may be used with. */
    public enum Mode {
        BACKFILL,
        CDC
    }

    public MigrationConfig {
        tables = List.copyOf(tables);
        databases = List.copyOf(databases);
        lookups = List.copyOf(lookups);
        mappings = List.copyOf(mappings);
        entries = List.copyOf(entries);
    }

    /** Returns the table of each mapping, in their order, as the file spells it. */
    public List<String> mappedTables() {
        return mappings.stream().map(MappingConfig::table).toList();
    }

    /** Returns the look-ups that mappings use. */
    public List<LookupConfig> usedLookups() {
        Set<String> used = new HashSet<>();
        mappings.stream()
                .flatMap(m -> m.references().stream())
                .forEach(
                        reference -> {
                            for (int dot = reference.lastIndexOf('.');
                                    dot > 0;
                                    dot = reference.lastIndexOf('.', dot - 1)) {
                                used.add(reference.substring(0, dot));
                            }
                        });
        return lookups.stream().filter(lookup -> used.contains(lookup.name())).toList();
    }

    /** Returns the names of tables, and patterns, as the file has them. */
    public List<String> writtenTables() {
        return mappings.stream()
                .flatMap(
                        m ->
                                m.tables() == null
                                        ? Stream.of(m.table())
                                        : m.tables().names().stream())
                .toList();
    }

    /** Spells the database and the tables otherwise. */
    public MigrationConfig spelling(UnaryOperator<String> names) {
        return with(
                mysql.spelling(names),
                tables.stream()
                        .map(t -> new TableConfig(names.apply(t.name()), t.columns()))
                        .toList(),
                lookups.stream().map(l -> l.spelling(names)).toList(),
                mappings.stream().map(m -> m.spelling(names)).toList(),
                entries.stream().map(m -> m.spelling(names)).toList(),
                backfill);
    }

    /** Returns the same as what the file has: no list or pattern is resolved. */
    MigrationConfig asWritten() {
        return with(mysql, tables, lookups, mappings, mappings, backfill);
    }

    /** Takes other mappings: one for each table of a list or pattern. */
    public MigrationConfig withMappings(List<MappingConfig> others) {
        return with(mysql, tables, lookups, others, entries, backfill);
    }

    /**
     * Tells whether a table comes and goes by a pattern, so that it need not have been there when
     * the tables were copied.
     *
     * @param name as {@link #mappedTables} has it
     */
    public boolean isByPattern(String name) {
        int dot = name.indexOf('.');
        String database = dot < 0 ? mysql.database() : name.substring(0, dot);
        return isByPattern(database, name.substring(dot + 1));
    }

    /** Tells the same of a table that MySQL may have no more. */
    public boolean isByPattern(String database, String table) {
        return mappings.stream()
                .map(MappingConfig::tables)
                .distinct()
                .anyMatch(t -> t != null && t.matches(mysql.database(), database, table));
    }

    /** Reads rows from the server whose binlog is followed, too. */
    public MigrationConfig atOrigin() {
        return with(mysql.origin(), tables, lookups, mappings, entries, backfill);
    }

    /** Takes other settings of the backfill: those of the command line. */
    public MigrationConfig withBackfill(BackfillConfig other) {
        return with(mysql, tables, lookups, mappings, entries, other);
    }

    private MigrationConfig with(
            MySqlConfig otherMysql,
            List<TableConfig> otherTables,
            List<LookupConfig> otherLookups,
            List<MappingConfig> otherMappings,
            List<MappingConfig> otherEntries,
            BackfillConfig otherBackfill) {
        return new MigrationConfig(
                name,
                env,
                mode,
                otherMysql,
                iotdb,
                otherTables,
                partitioning,
                cdc,
                databases,
                otherLookups,
                otherMappings,
                otherEntries,
                otherBackfill,
                sink,
                rejectedRows,
                flink,
                cutover);
    }
}
