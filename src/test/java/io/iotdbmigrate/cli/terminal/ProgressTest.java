package io.iotdbmigrate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillProgress.Table;
import io.iotdbmigrate.run.cdc.CdcProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is shown while a backfill runs. */
class ProgressTest {
    private long now;
    private final ProgressLines lines = new ProgressLines(() -> now);

    private String line(long seconds, long rows, long estimated) {
        now = Duration.ofSeconds(seconds).toNanos();
        return lines.of(new BackfillProgress(List.of(new Table("t", rows, estimated)))).get(0);
    }

    @Test
    void rowsPercentSpeedAndTimeLeft() {
        line(0, 100_000, 1_000_000);

        assertThat(line(1, 250_000, 1_000_000))
                .isEqualTo("t        250,000 rows  about 25.0%     150,000 rows/s  ETA 0:05");
    }

    @Test
    void speedIsThatOfTheLastTenSeconds() {
        line(0, 1, 9_000_000);
        line(100, 1_000_000, 9_000_000);

        assertThat(line(110, 1_010_000, 9_000_000)).contains(" 1,000 rows/s  ETA 2:13:10");
    }

    @Test
    void anEstimateIsNeverAHundredPercent() {
        line(0, 900_000, 1_000_000);

        assertThat(line(1, 1_300_000, 1_000_000))
                .contains("about 99.9%", "400,000 rows/s")
                .doesNotContain("ETA");
    }

    @Test
    void withoutAnEstimateThereIsNoPercentage() {
        line(0, 1, 0);

        assertThat(line(1, 10, 0)).contains("10 rows", "9 rows/s").doesNotContain("%", "ETA");
    }

    @Test
    void aTableThatHasNotBegunWaits() {
        assertThat(line(0, 0, 10)).isEqualTo("t  waiting for a turn");
    }

    @Test
    void aTableThatStandsStillSaysForWhat() {
        line(0, 500, 1000);
        assertThat(line(29, 500, 1000)).doesNotContain("nothing read");
        assertThat(line(75, 500, 1000))
                .endsWith(
                        "  nothing read for 1:15: waits for IoTDB, or settles rows that share a point");
        assertThat(line(76, 501, 1000)).doesNotContain("nothing read");
    }

    @Test
    void severalTablesAreOnePlainLine() {
        BackfillProgress progress =
                new BackfillProgress(
                        List.of(
                                new Table("a", 1_000, 1_000),
                                new Table("b", 500, 1_000),
                                new Table("c", 0, 1_000)));
        assertThat(lines.together(progress))
                .isEqualTo("table 2 of 3, b          1,500 rows  about 50.0%           0 rows/s");

        StringWriter text = new StringWriter();
        try (PlainArea area = new PlainArea(new PrintWriter(text), () -> now)) {
            now = Duration.ofSeconds(10).toNanos();
            area.show(List.of("a", "b", "c"), "together");
        }
        assertThat(text.toString().lines()).containsExactly("together");
    }

    @Test
    void aRestartThatTakesRowsBackHasNoSpeed() {
        line(0, 500, 1000);

        assertThat(line(1, 300, 1000)).contains(" 0 rows/s").doesNotContain("ETA");
    }

    @Test
    void namesAreAligned() {
        List<String> both =
                lines.of(
                        new BackfillProgress(
                                List.of(new Table("a", 1, 2), new Table("abc", 1, 2))));

        assertThat(both.get(0)).startsWith("a    ").hasSameSizeAs(both.get(1));
    }

    @Test
    void manyTablesHaveOneLine() {
        List<Table> tables = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            tables.add(new Table("item" + i, i <= 7 ? 2 : 0, 2));
        }

        assertThat(lines.of(new BackfillProgress(tables)))
                .singleElement()
                .asString()
                .startsWith("table 7 of 300, item7             14 rows  about  2.3%");
    }

    @Test
    void plainLinesComeEveryTenSeconds() {
        StringWriter text = new StringWriter();
        try (PlainArea area = new PlainArea(new PrintWriter(text), () -> now)) {
            for (int second = 0; second <= 25; second++) {
                now = Duration.ofSeconds(second).toNanos();
                area.show(List.of("at " + second));
            }
            area.print("a note");
        }

        assertThat(text.toString().lines()).containsExactly("at 10", "at 20", "a note");
    }

    @Test
    void plainLinesNeedProgressTwiceAsOften() {
        try (PlainArea area = new PlainArea(new PrintWriter(new StringWriter()), () -> now)) {
            assertThat(area.interval()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void signalsAreHeardOnceThePlanIsKnown() {
        List<String> printed = new ArrayList<>();
        AtomicBoolean closed = new AtomicBoolean();
        StopSignal pressed =
                new StopSignal() {
                    @Override
                    public boolean requested() {
                        return true;
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
        BackfillPlan plan = new BackfillPlan(List.of());
        try (BackfillTerminal terminal =
                new BackfillTerminal(new RecordingArea(printed), lines, () -> pressed)) {
            assertThat(terminal.stopRequested()).isFalse();
            terminal.planned(plan);
            assertThat(terminal.stopRequested()).isTrue();
            assertThat(terminal.stopRequested()).isTrue();
            assertThat(terminal.plan()).isEqualTo(plan);
        }

        assertThat(printed)
                .containsExactly(
                        "copying 0 tables, about 0 rows; Ctrl-C stops, the same command goes on"
                                + " later",
                        "stopping after a last checkpoint; Ctrl-C again ends at once",
                        "(closed)");
        assertThat(closed).isTrue();
    }

    /** Where each line stays. A delay is that of the last event, which may be long ago. */
    @Test
    void aDelayIsSaidAgainWhereItHasChangedNotably() {
        StringWriter out = new StringWriter();
        long[] seconds = {0};
        PlainArea area = new PlainArea(new PrintWriter(out), () -> seconds[0] * 1_000_000_000L);
        try (CdcTerminal terminal =
                new CdcTerminal(
                        area,
                        (progress, rate) -> Long.toString(progress.readDelayMillis()),
                        () -> seconds[0] * 1_000_000_000L,
                        StopSignal::never)) {
            for (long delay : new long[] {5_000, 5_000, 5_900, 9_000, 100, 0}) {
                for (int half = 0; half < 2; half++) {
                    seconds[0] += 5;
                    terminal.progress(
                            new CdcProgress(
                                    "RUNNING", 1, 0, delay, Optional.empty(), Optional.empty()));
                }
            }
        }
        assertThat(out.toString().lines()).containsExactly("5000", "0", "0", "9000", "100", "0");
    }

    private record RecordingArea(List<String> printed) implements ProgressArea {
        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void show(List<String> lines) {
            printed.addAll(lines);
        }

        @Override
        public void print(String line) {
            printed.add(line);
        }

        @Override
        public void close() {
            printed.add("(closed)");
        }
    }
}
