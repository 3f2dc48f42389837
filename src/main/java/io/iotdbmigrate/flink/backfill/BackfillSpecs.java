package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.PartitioningConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Fingerprint;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.ChunkKeys;
import io.iotdbmigrate.mysql.ChunkSql;
import io.iotdbmigrate.plan.MigrationPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maker of the job's spec from the config and what both servers said. */
public final class BackfillSpecs {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private BackfillSpecs() {}

    /**
     * Plans the spec of a backfill.
     *
     * @param workDir URI that every part of the cluster reaches
     */
    public static BackfillSpec of(
            MigrationConfig config, MigrationPlan plan, String runId, String workDir) {
        return new BackfillSpec(
                config.name(),
                runId,
                config.mysql(),
                config.iotdb(),
                tables(plan, config.partitioning()),
                plan.lookups(),
                config.databases(),
                config.backfill().parallelism(),
                config.backfill().chunkRows(),
                config.backfill().rateLimit(),
                config.sink(),
                config.rejectedRows().max(),
                binlogLook(config),
                workDir);
    }

    /** Returns the time between two looks; there is none where cdc begins elsewhere. */
    private static @Nullable Duration binlogLook(MigrationConfig config) {
        StartupMode mode = config.cdc().startupMode();
        if (mode != StartupMode.AUTO && mode != StartupMode.INITIAL) {
            return null;
        }
        Duration checkpoints = config.flink().backfillInterval();
        return checkpoints.compareTo(MINUTE) < 0 ? checkpoints : MINUTE;
    }

    private static List<Table> tables(
            MigrationPlan plan, @Nullable PartitioningConfig partitioning) {
        String preferred = partitioning == null ? null : partitioning.column();
        List<Table> tables = new ArrayList<>();
        List<TargetUnit> units = plan.units();
        int[] unitOf = TargetUnit.unitOf(units);
        for (int i = 0; i < plan.mappings().size(); i++) {
            TableMapping mapping = plan.mappings().get(i);
            TableSchema schema = plan.schemas().get(i);
            tables.add(
                    new Table(
                            mapping,
                            ChunkSql.of(schema, ChunkKeys.choose(schema, preferred)),
                            schema.estimatedRows(),
                            !units.get(unitOf[i]).isShared()
                                    && Uniqueness.guarantee(mapping, schema).isPresent()));
        }
        return tables;
    }

    /**
     * Returns a text that changes whenever a checkpoint of the one backfill must not be continued
     * by the other.
     */
    public static String fingerprint(BackfillSpec spec) {
        Fingerprint print = new Fingerprint();
        for (Table table : spec.tables()) {
            print.add("database", table.sql().table().database())
                    .add("table", table.sql().table().table());
            MappingFingerprints.add(print, table.mapping());
            MappingFingerprints.addNames(print, table.mapping());
            print.add("on_update", table.mapping().onUpdate().name())
                    .add("on_delete", table.mapping().onDelete().name())
                    .add("on_duplicate", table.mapping().onDuplicate().name())
                    .add("unique rows", table.uniqueRows())
                    .add("key", table.sql().keyName() == null ? "" : table.sql().keyName());
            // the collation orders the keys, so chunks mean other rows under another one
            for (Column column : table.sql().keyColumns()) {
                print.add("key column", column.name())
                        .add("of type", column.type().declared())
                        .add("in order of", column.collation() == null ? "" : column.collation());
            }
        }
        return print.add("chunk rows", spec.chunkRows())
                .add("mysql", spec.mysql().address())
                .add("iotdb", spec.iotdb().address())
                .hex();
    }
}
