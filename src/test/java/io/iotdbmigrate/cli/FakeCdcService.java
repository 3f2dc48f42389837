package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StoppedJob;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Replications that are told how to go. */
final class FakeCdcService implements CdcService {
    static final Applied APPLIED =
            new Applied(
                    new ChangePosition("binlog.000003", 4711, 4711, 0, 0),
                    1234,
                    2,
                    Instant.parse("2026-11-22T10:00:00Z"),
                    true,
                    null);

    boolean needsBackfill;
    Optional<StoppedJob> stopped = Optional.empty();
    Optional<MigrationStatus.Job> job = Optional.empty();
    CdcRun.@Nullable Options options;
    @Nullable ClusterAddress cluster;
    OptionalLong lag = OptionalLong.of(0);
    Optional<Instant> switchedAt = Optional.empty();

    @Override
    public boolean needsBackfill(MigrationConfig config, StateFolder state) {
        return needsBackfill;
    }

    @Override
    public CdcOutcome run(
            MigrationConfig config,
            StateFolder state,
            CdcRun.Options wanted,
            CdcListener listener) {
        options = wanted;
        if (wanted.detach()) {
            return new CdcOutcome.Detached(wanted.remote(), "0123456789abcdef0123456789abcdef");
        }
        listener.starting("beginning at binlog.000003:4");
        listener.progress(
                new CdcProgress("RUNNING", 1234, 2, 500, Optional.of(APPLIED), Optional.empty()));
        return new CdcOutcome.Stopped(
                "file:/s/savepoint-1", Optional.of(APPLIED), listener.stopRequested());
    }

    @Override
    public MigrationStatus status(
            MigrationConfig config, StateFolder state, @Nullable ClusterAddress remote) {
        cluster = remote;
        return new MigrationStatus(
                config.name(),
                job,
                Optional.empty(),
                Optional.of(APPLIED),
                new BinlogPosition("binlog.000003", 5000, ""),
                lag,
                switchedAt);
    }

    @Override
    public Optional<StoppedJob> stop(
            MigrationConfig config, StateFolder state, @Nullable ClusterAddress remote) {
        cluster = remote;
        return stopped;
    }
}
