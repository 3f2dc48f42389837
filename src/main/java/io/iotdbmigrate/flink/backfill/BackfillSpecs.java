package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.PartitioningConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.ChunkKeys;
import io.iotdbmigrate.mysql.ChunkSql;
import io.iotdbmigrate.plan.MigrationPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maker of the job's spec from the config and what both servers said. */
public final class BackfillSpecs {
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
                config.databases(),
                config.backfill().parallelism(),
                config.backfill().chunkRows(),
                config.backfill().rateLimit(),
                config.sink(),
                config.rejectedRows().max(),
                workDir);
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
        StringBuilder text = new StringBuilder();
        for (Table table : spec.tables()) {
            text.append(table.mapping()).append(table.sql()).append(table.uniqueRows());
        }
        text.append(spec.chunkRows()).append(spec.mysql().address()).append(spec.iotdb().address());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
