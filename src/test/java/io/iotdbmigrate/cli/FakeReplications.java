package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.CdcJournal.Applied;
import io.iotdbmigrate.flink.launch.CdcListener;
import io.iotdbmigrate.flink.launch.CdcOutcome;
import io.iotdbmigrate.flink.launch.CdcProgress;
import io.iotdbmigrate.flink.launch.MigrationStatus;
import io.iotdbmigrate.flink.launch.StateFolder;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Replications that are told how to go. */
final class FakeReplications implements Replications {
    static final Applied APPLIED =
            new Applied(
                    new ChangePosition("binlog.000003", 4711, 0, 0),
                    1234,
                    2,
                    Instant.parse("2026-11-22T10:00:00Z"),
                    true);

    boolean needsBackfill;
    boolean afresh;
    Optional<String> savepoint = Optional.empty();
    OptionalLong lag = OptionalLong.of(0);

    @Override
    public boolean needsBackfill(MigrationConfig config, StateFolder state) {
        return needsBackfill;
    }

    @Override
    public CdcOutcome run(
            MigrationConfig config, StateFolder state, boolean restart, CdcListener listener) {
        afresh = restart;
        listener.starting("beginning at binlog.000003:4");
        listener.progress(new CdcProgress("RUNNING", 1234, 2, 500, Optional.of(APPLIED)));
        return new CdcOutcome(
                "file:/s/savepoint-1", Optional.of(APPLIED), listener.stopRequested());
    }

    @Override
    public MigrationStatus status(MigrationConfig config, StateFolder state) {
        return new MigrationStatus(
                config.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(APPLIED),
                new BinlogPosition("binlog.000003", 5000, ""),
                lag);
    }

    @Override
    public Optional<String> stop(StateFolder state) {
        return savepoint;
    }
}
