package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.backfill.BackfillSpecs;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.KeptTimes;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.VerifyOptions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maker of the spec of a comparison. */
public final class VerifySpecs {
    private VerifySpecs() {}

    /**
     * Makes the spec.
     *
     * @param kept of each unit, see {@link TableRules}
     * @param workDir URI that every part of the cluster reaches
     */
    public static VerifySpec of(
            MigrationConfig config,
            MigrationPlan plan,
            VerifyOptions options,
            List<KeptTimes> kept,
            String workDir) {
        SecureRandom random = new SecureRandom();
        return new VerifySpec(
                reading(BackfillSpecs.of(config, plan, "verify", workDir)),
                plan.units(),
                kept,
                scope(options, plan.precision()),
                Buckets.of(plan.units().size(), plan.precision()),
                random.nextLong(),
                random.nextLong());
    }

    /**
     * Plans to read. Rejected rows are counted, however many; rows that collapse need no files of
     * keys.
     */
    private static BackfillSpec reading(BackfillSpec spec) {
        List<Table> tables =
                spec.tables().stream()
                        .map(t -> new Table(t.mapping(), t.sql(), t.estimatedRows(), true))
                        .toList();
        return new BackfillSpec(
                spec.name(),
                spec.runId(),
                spec.mysql(),
                spec.iotdb(),
                tables,
                spec.lookups(),
                spec.databases(),
                spec.parallelism(),
                spec.chunkRows(),
                spec.rateLimit(),
                spec.sink(),
                Long.MAX_VALUE,
                null,
                spec.workDir());
    }

    private static Scope scope(VerifyOptions options, TimePrecision precision) {
        return new Scope(
                options.devices(),
                time(options.since(), precision, Long.MIN_VALUE),
                time(options.until(), precision, Long.MAX_VALUE),
                options.samplePercent());
    }

    private static long time(@Nullable Instant instant, TimePrecision precision, long none) {
        return instant == null
                ? none
                : precision.fromMicros(
                        Math.addExact(
                                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                                instant.getNano() / 1_000));
    }
}
