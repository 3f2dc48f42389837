package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.WorkShare;
import io.iotdbmigrate.run.history.MigrationHistory;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.LeftFiles;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.history.MigrationHistory.Verification;
import io.iotdbmigrate.run.state.LastCheck;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks, backfills and cutovers of an invented plant, to render. */
public final class RunScenes {
    static final Instant AT = Instant.parse("2026-11-22T10:15:30.512Z");
    private static final BinlogPosition POSITION =
            new BinlogPosition(
                    "binlog.000007", 48_213_377, "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-977");

    private RunScenes() {}

    /** A finding of each severity, about names of someone who means ill. */
    private static CheckReport check() {
        return new CheckReport(
                List.of(
                        Finding.ok("MySQL 8.0.33", "binlog_format is ROW"),
                        Finding.warning(
                                "ambience." + VerifyScenes.HOSTILE,
                                "has 3 rows without a time",
                                "they are rejected; mend them or leave them"),
                        Finding.error(
                                ExitCode.MYSQL,
                                "binlog_transaction_compression",
                                "is ON",
                                "SET GLOBAL binlog_transaction_compression = OFF")),
                List.of(
                        new CheckReport.Table(
                                "ambience",
                                1_000,
                                "id",
                                new CheckReport.Counts(998, false, 40, 2, 0, 3, 1, 6)),
                        new CheckReport.Table("log", 2_000_000, null, null)));
    }

    public static String checkPage() {
        return CheckHtml.render(check(), VerifyScenes.ORIGIN, "--config plant.yml", AT);
    }

    public static String backfillPage() {
        return BackfillHtml.render(
                backfill(),
                VerifyScenes.ORIGIN,
                new RunCourse(List.of(), samples(), work()),
                Path.of("/var/lib/plant/state/rejected-rows.jsonl"));
    }

    public static String cutoverPage(boolean switched) {
        return CutoverHtml.render(
                switched ? CutoverScenes.switched() : CutoverScenes.hookFailed(),
                VerifyScenes.ORIGIN);
    }

    /** One that failed half way. */
    public static String failedBackfillPage() {
        return BackfillHtml.failed(
                List.of(
                        "IoTDB iotdb.example.com:6667 did not take a request for 600 s: No space"
                                + " left on device; free some, then run the same again"),
                VerifyScenes.ORIGIN,
                new RunCourse(
                        List.of(
                                new BackfillProgress.Table("ambience", 9_600_000, 9_800_000),
                                new BackfillProgress.Table("log", 0, 200_000)),
                        samples(),
                        work()),
                "iotdb-migrate backfill --config plant.yml --report backfill.html",
                AT);
    }

    public static String undonePage() {
        return CutoverHtml.render(CutoverScenes.undone(), VerifyScenes.ORIGIN);
    }

    public static String migrationPage() {
        return MigrationHtml.render(history(), VerifyScenes.ORIGIN);
    }

    private static BackfillOutcome.Report backfill() {
        return new BackfillOutcome.Report(
                List.of(
                        new BackfillOutcome.Table(
                                "ambience", 9_800_000, 49_000_000, 50_000, 4, 17, 3, 2),
                        new BackfillOutcome.Table("log", 200_000, 200_000, 1, 0, 0, 0, 0)),
                AT,
                Duration.ofSeconds(205),
                POSITION);
    }

    private static List<RowSample> samples() {
        List<RowSample> samples = new ArrayList<>();
        long rows = 0;
        for (int second = 1; second <= 205; second++) {
            rows += second > 90 && second < 100 ? 0 : 45_000 + second * 37 % 11 * 1_000;
            samples.add(new RowSample(Duration.ofSeconds(second), rows));
        }
        return samples;
    }

    private static List<WorkShare> work() {
        return List.of(
                new WorkShare("reading MySQL", seconds(140), seconds(60), seconds(210)),
                new WorkShare("writing IoTDB", seconds(390), seconds(0), seconds(20)));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Three days of minutes: a backlog at first, quiet nights, and an IoTDB that was away. */
    private static List<CdcCourse.Stretch> course() {
        List<CdcCourse.Stretch> course = new ArrayList<>();
        Instant begin = AT.minusSeconds(3 * 86_400);
        for (int minute = 1; minute <= 3 * 1_440; minute++) {
            boolean away = minute > 2_000 && minute < 2_090;
            if (away) {
                continue;
            }
            boolean back = minute == 2_090;
            long backlog = minute < 300 ? (300 - minute) * 900L : 0;
            long wave = Math.round(240 + 200 * Math.sin(minute / 1_440.0 * 2 * Math.PI));
            long millis = minute == 1 ? 9_800 : 60_000;
            course.add(
                    new CdcCourse.Stretch(
                            begin.plusSeconds(minute * 60L),
                            millis,
                            (wave + (minute < 300 ? 700 : 0)) * millis / 1_000,
                            null,
                            Math.min(100_000, backlog + (back ? 9_000 : minute % 7)),
                            back ? 5_400_000 : 9_000 + minute * 37L % 2_000 + backlog * 10,
                            minute == 1,
                            back ? failures(begin.plusSeconds(2_000 * 60)) : List.of()));
        }
        return course;
    }

    private static List<CdcCourse.Failure> failures(Instant begin) {
        List<CdcCourse.Failure> failures = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            failures.add(
                    new CdcCourse.Failure(
                            begin.plusSeconds(60 + i * 370L),
                            i < 13
                                    ? "IoTDB at iotdb.example.com:6667 did not take a request in 8"
                                            + " tries (Connection refused); see that it runs, then"
                                            + " start again"
                                    : VerifyScenes.HOSTILE));
        }
        return failures;
    }

    /** A migration that went on for years, with a job that fails all the time. */
    static MigrationHistory longHistory() {
        MigrationHistory one = history();
        List<CdcCourse.Stretch> course = new ArrayList<>();
        for (int minute = 0; minute < 7 * 1_440; minute++) {
            Instant at = AT.plusSeconds(60L * minute);
            course.add(
                    new CdcCourse.Stretch(
                            at,
                            60_000,
                            minute,
                            null,
                            minute % 97L,
                            minute,
                            false,
                            List.of(new CdcCourse.Failure(at, minute + "x".repeat(400)))));
        }
        return new MigrationHistory(
                repeated(one.events(), 2_000),
                repeated(one.backfills(), 1_000),
                repeated(one.verifications(), 2_000),
                repeated(one.cutovers(), 100),
                one.applied(),
                course,
                one.check(),
                new LeftFiles(
                        one.files().folder(),
                        true,
                        OptionalLong.of(3),
                        OptionalLong.of(0),
                        OptionalLong.of(20),
                        repeated(
                                List.of(
                                        "{\"device\":\"" + "d".repeat(100_000) + "\"}",
                                        "d".repeat(100_000)),
                                10)),
                one.readAt());
    }

    private static <T> List<T> repeated(List<T> items, int times) {
        return Collections.nCopies(times, items).stream().flatMap(List::stream).toList();
    }

    /** A migration that has come to its end. */
    public static MigrationHistory history() {
        return new MigrationHistory(
                List.of(
                        new Event(
                                AT.minusSeconds(90_000),
                                "backfill started",
                                "ambience",
                                Optional.of("a backfill began")),
                        new Event(
                                AT.minusSeconds(86_400),
                                "backfill finished",
                                "10,000,000 rows copied",
                                Optional.empty()),
                        new Event(
                                AT.minusSeconds(600),
                                "verified",
                                "equal, by checksums",
                                Optional.empty()),
                        new Event(
                                AT,
                                "made by " + VerifyScenes.HOSTILE,
                                VerifyScenes.HOSTILE,
                                Optional.empty())),
                List.of(
                        new BackfillJournal.Finished(
                                "r1",
                                AT.minusSeconds(90_000),
                                AT.minusSeconds(86_400),
                                List.of(
                                        new BackfillJournal.TableResult(
                                                "ambience",
                                                10_000_000,
                                                49_200_000,
                                                4,
                                                17,
                                                3,
                                                2,
                                                0)),
                                POSITION,
                                Map.of(),
                                Map.of(),
                                null,
                                null,
                                null)),
                List.of(
                        new Verification(
                                AT.minusSeconds(900),
                                VerifyReport.CHECKSUMS,
                                false,
                                true,
                                12,
                                POSITION,
                                "a repair wrote 9 rows",
                                List.of(
                                        new MigrationHistory.Table(
                                                "ambience_of_all_halls",
                                                9_799_976,
                                                9_799_964,
                                                12,
                                                "9f86d081884c7d659a2feaa0c55ad015",
                                                "60303ae22b998861bce3b28f33eec1be"))),
                        new Verification(
                                AT.minusSeconds(600),
                                VerifyReport.CHECKSUMS,
                                true,
                                true,
                                0,
                                POSITION,
                                "",
                                List.of(
                                        new MigrationHistory.Table(
                                                "ambience",
                                                9_799_976,
                                                9_799_976,
                                                0,
                                                "9f86d081884c7d659a2feaa0c55ad015",
                                                "9f86d081884c7d659a2feaa0c55ad015")))),
                List.of(new SeenCutover(CutoverScenes.switched().state(), AT.plusMillis(39_900))),
                Optional.of(
                        new Applied(
                                new ChangePosition(
                                        "binlog.000007",
                                        48_213_377,
                                        48_213_377,
                                        0,
                                        AT.toEpochMilli()),
                                1_234_567,
                                0,
                                AT,
                                false,
                                null)),
                course(),
                Optional.of(
                        new LastCheck(
                                AT.minusSeconds(100_000),
                                true,
                                List.of("ambience", "log"),
                                check())),
                new LeftFiles(
                        "/var/lib/plant/state",
                        true,
                        OptionalLong.of(3),
                        OptionalLong.empty(),
                        OptionalLong.of(1),
                        List.of("{\"device\":\"" + VerifyScenes.HOSTILE + "\"}")),
                AT.plusSeconds(60));
    }
}
