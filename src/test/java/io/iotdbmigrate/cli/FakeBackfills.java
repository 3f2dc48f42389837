package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Plays a backfill of one table, and remembers what it was asked. */
final class FakeBackfills implements BackfillService {
    static final BackfillPlan PLAN =
            new BackfillPlan(
                    List.of(
                            new BackfillPlan.Table(
                                    "ambience",
                                    1_000_000,
                                    "id",
                                    10,
                                    "root.plant.device_*",
                                    List.of("temperature DOUBLE", "note TEXT"),
                                    true,
                                    "SELECT * FROM root.plant.device_* LIMIT 3 ALIGN BY DEVICE")));

    @Nullable BackfillOutcome outcome;
    @Nullable Throwable failure;
    @Nullable MigrationConfig config;
    @Nullable StateFolder state;
    BackfillRun.@Nullable Options options;
    boolean stopHeard;

    static BackfillOutcome.Report report(long rejected, @Nullable BinlogPosition position) {
        return new BackfillOutcome.Report(
                List.of(
                        new BackfillOutcome.Table(
                                "ambience", 1_000_000, 3_000_000, 50, 4, 17, rejected, 2)),
                Instant.parse("2026-11-22T10:15:30.5Z"),
                Duration.ofMillis(12_500),
                position);
    }

    static BackfillOutcome.Report report(long rejected) {
        return report(rejected, new BinlogPosition("mysql-bin.000003", 157, "3e11fa47:1-5"));
    }

    @Override
    public BackfillPlan plan(
            MigrationConfig plannedConfig, StateFolder folder, BackfillRun.Options wanted) {
        config = plannedConfig;
        state = folder;
        options = wanted;
        return PLAN;
    }

    @Override
    public BackfillOutcome run(
            MigrationConfig runConfig,
            StateFolder folder,
            BackfillRun.Options wanted,
            BackfillListener listener)
            throws Exception {
        plan(runConfig, folder, wanted);
        LoggerFactory.getLogger(FakeBackfills.class).info("the job runs");
        LoggerFactory.getLogger(FakeBackfills.class).debug("every little thing");
        listener.planned(PLAN);
        listener.note("taken up");
        listener.progress(
                new BackfillProgress(
                        List.of(new BackfillProgress.Table("ambience", 500_000, 1_000_000))));
        stopHeard = listener.stopRequested();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        return outcome == null ? new BackfillOutcome.Finished(report(0)) : outcome;
    }
}
