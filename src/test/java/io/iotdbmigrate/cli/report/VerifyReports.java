package io.iotdbmigrate.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.SourceCount;
import io.iotdbmigrate.verify.TargetCount;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports to render. */
final class VerifyReports {
    private static final Instant AT = Instant.parse("2026-01-02T00:03:00Z");
    private static final BinlogPosition BEFORE = new BinlogPosition("binlog.000001", 157, "u:1-5");
    private static final BinlogPosition AFTER = new BinlogPosition("binlog.000001", 999, "u:1-9");

    private VerifyReports() {}

    /** Nothing differs; a second look was needed for that. */
    static VerifyReport equal() {
        return new VerifyReport(
                "checksums",
                List.of(table(0, 0, 0)),
                List.of(),
                List.of(),
                null,
                new Positions(BEFORE, AFTER, AFTER),
                List.of(),
                List.of(),
                null,
                AT.minusSeconds(4),
                AT,
                Duration.ofMillis(2_449));
    }

    /** Of a repair that was only planned. */
    static Repaired planned() {
        return new Repaired(plan(), Repaired.Execution.PLANNED, 0, List.of("x at 5: no"), null);
    }

    /** Of a repair that wrote something. */
    static Repaired written(Repaired.Execution execution, long left, Repaired.After after) {
        return new Repaired(plan(), execution, left, List.of(), after);
    }

    private static Repaired.Plan plan() {
        return new Repaired.Plan(3, 4, 1, 2, 1, List.of("root.p.d3"));
    }

    /** A row of each kind differs, and one more that is not shown. */
    static VerifyReport different(@Nullable Repaired repair) {
        return new VerifyReport(
                "checksums",
                List.of(table(1, 1, 2)),
                List.of(
                        new Difference.Changed(
                                new RowKey(0, "root.p.d1", 1_000),
                                List.of(
                                        new Cell("t", value(TargetType.FLOAT, 1.5f), null),
                                        new Cell(
                                                "n",
                                                value(TargetType.INT32, 7),
                                                value(TargetType.INT64, 7L)))),
                        new Difference.Missing(
                                new RowKey(0, "root.p.d2", 2_000),
                                List.of(
                                        new Cell(
                                                "note",
                                                value(
                                                        TargetType.TEXT,
                                                        ("line\n" + "x".repeat(50))
                                                                .getBytes(UTF_8)),
                                                null))),
                        new Difference.Extra(
                                new RowKey(0, "root.p.d3", 3_000),
                                List.of(new Cell("n", null, value(TargetType.INT32, 42))))),
                List.of(),
                Path.of("state", "differences.jsonl"),
                new Positions(BEFORE, AFTER, null),
                List.of("rows before 2026-01-01T00:00:00Z"),
                List.of("something to know"),
                repair,
                AT.minusSeconds(20),
                AT,
                Duration.ofSeconds(14));
    }

    private static Value value(TargetType type, Object value) {
        return new Value(type, value);
    }

    private static VerifyReport.Table table(long missing, long extra, long different) {
        boolean equal = missing + extra + different == 0;
        return new VerifyReport.Table(
                "ambience",
                "ambience",
                List.of(new VerifyReport.Source("ambience", 0)),
                200_000,
                199_999,
                missing,
                extra,
                different,
                equal ? 0 : 1_004,
                equal ? 0 : 3,
                equal ? 0 : 2,
                equal ? 0 : 5,
                "aa",
                equal ? "aa" : "bb",
                equal
                        ? List.of()
                        : List.of(new VerifyReport.Device("root.p.d1", 2, AT, AT.plusSeconds(60))));
    }

    static CountReport counts(boolean equal) {
        return new CountReport(
                List.of(
                        new CountReport.Table(
                                "ambience",
                                "ambience",
                                1,
                                1_040,
                                equal ? 0 : 2,
                                new SourceCount(200_000, 198_991, 1_004, 3),
                                new TargetCount(equal ? 198_991 : 198_990, equal ? 0 : 5)),
                        new CountReport.Table(
                                "log",
                                "log",
                                1,
                                1,
                                0,
                                new SourceCount(10, 10, 0, 0),
                                new TargetCount(10, 0))),
                equal
                        ? List.of()
                        : List.of(new CountReport.Device("ambience", "root.p.d1", 5_000, 4_999)),
                equal ? null : Path.of("state", "differences.jsonl"),
                new Positions(BEFORE, AFTER, null),
                List.of("values: only counted"),
                List.of("something to know"),
                AT,
                Duration.ofMillis(1_180));
    }
}
