package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SourceCount;
import io.iotdbmigrate.verify.TargetCount;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyProgress;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Plays a comparison of one table, and remembers what it was asked. */
final class FakeVerifies implements VerifyService {
    @Nullable VerifyReport report = report(0, null);
    CountReport counts = counts(0);
    @Nullable Exception failure;
    Callable<?> meanwhile = () -> null;
    @Nullable VerifyOptions options;
    @Nullable ClusterAddress remote;

    /** The question of a repair, and what the listener answered to it. */
    @Nullable String question;

    @Nullable Boolean agreed;

    /** Of a repair that was carried out. */
    static Repaired done(long left, long stillDifferent, long differingDevices) {
        return new Repaired(
                new Repaired.Plan(2, 3, 0, 0, 0, List.of()),
                Repaired.Execution.DONE,
                left,
                List.of(),
                new Repaired.After(stillDifferent, 1, differingDevices));
    }

    /** With so many differences, one of them to show. */
    static VerifyReport report(long different, @Nullable Repaired repair) {
        Instant at = Instant.parse("2026-11-22T10:15:30.5Z");
        Difference shown =
                new Difference.Changed(
                        new RowKey(0, "root.plant.d1", 1_700_000_000_000L),
                        List.of(
                                new Cell(
                                        "temperature",
                                        new Value(TargetType.FLOAT, 21.5f),
                                        new Value(TargetType.FLOAT, 21.500002f))));
        return new VerifyReport(
                "checksums",
                List.of(
                        new VerifyReport.Table(
                                "ambience",
                                "ambience",
                                List.of(new VerifyReport.Source("ambience", 0)),
                                1_000,
                                1_000,
                                0,
                                0,
                                different,
                                4,
                                3,
                                2,
                                0,
                                "00",
                                different == 0 ? "00" : "01",
                                different == 0
                                        ? List.of()
                                        : List.of(
                                                new VerifyReport.Device(
                                                        "root.plant.d1", different, at, at)))),
                different == 0 ? List.of() : List.of(shown),
                List.of(),
                different == 0 ? null : Path.of("state", "differences.jsonl"),
                new VerifyReport.Positions(
                        new BinlogPosition("mysql-bin.000003", 157, ""), null, null),
                List.of("rows before 2026-01-01T00:00:00Z"),
                List.of("something to know"),
                repair,
                at.minusSeconds(7),
                at,
                Duration.ofMillis(2_500));
    }

    /** With so many devices that differ, one of them to show. */
    static CountReport counts(long differing) {
        return new CountReport(
                List.of(
                        new CountReport.Table(
                                "ambience",
                                "ambience",
                                1,
                                40,
                                differing,
                                new SourceCount(1_000, 991, 4, 3),
                                new TargetCount(differing == 0 ? 991 : 990, 5))),
                differing == 0
                        ? List.of()
                        : List.of(new CountReport.Device("ambience", "root.plant.d1", 25, 24)),
                differing == 0 ? null : Path.of("state", "differences.jsonl"),
                new VerifyReport.Positions(
                        new BinlogPosition("mysql-bin.000003", 157, ""), null, null),
                List.of("values: only counted"),
                List.of("something to know"),
                Instant.parse("2026-11-22T10:15:30.5Z"),
                Duration.ofMillis(1_200));
    }

    @Override
    public CountReport counts(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions wanted,
            VerifyListener listener)
            throws Exception {
        options = wanted;
        listener.note("counting");
        if (failure != null) {
            throw failure;
        }
        return counts;
    }

    @Override
    public Optional<VerifyReport> run(
            MigrationConfig config,
            StateFolder state,
            VerifyOptions wanted,
            @Nullable ClusterAddress cluster,
            VerifyListener listener)
            throws Exception {
        options = wanted;
        remote = cluster;
        meanwhile.call();
        listener.planned(1, 1_000);
        listener.progress(
                new VerifyProgress(List.of(new VerifyProgress.Table("ambience", 5, 6, 1_000))));
        if (failure != null) {
            throw failure;
        }
        if (question != null) {
            agreed = listener.agrees(question);
        }
        return listener.stopRequested() ? Optional.empty() : Optional.ofNullable(report);
    }
}
