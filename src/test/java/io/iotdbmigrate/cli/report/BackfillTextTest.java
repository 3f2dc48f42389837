package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Table;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans and outcomes of backfills as a person reads them. */
class BackfillTextTest {
    private static final String NEXT = "iotdb-migrate cdc --config p.yml";
    private static final BackfillPlan PLAN =
            new BackfillPlan(
                    List.of(
                            new BackfillPlan.Table(
                                    "ambience",
                                    1_200_000,
                                    "id",
                                    12,
                                    "root.plant.device_*",
                                    List.of("temperature DOUBLE", "note TEXT"),
                                    false,
                                    "SELECT * FROM root.plant.device_* LIMIT 3 ALIGN BY DEVICE"),
                            new BackfillPlan.Table(
                                    "log",
                                    0,
                                    "",
                                    1,
                                    "root.plant.log",
                                    List.of("v INT32"),
                                    true,
                                    "")));

    private static Report report(long rejected, @Nullable BinlogPosition position, long millis) {
        return new Report(
                List.of(
                        new Table("ambience", 1_234_567, 7_407_402, 50, 4, 17, rejected, 2),
                        new Table("log", 0, 0, 0, 0, 0, 0, 0)),
                Instant.parse("2026-11-22T10:15:30Z"),
                Duration.ofMillis(millis),
                position);
    }

    @Test
    void theClosingReport() {
        BinlogPosition position = new BinlogPosition("mysql-bin.000003", 157, "");

        assertThat(
                        BackfillText.finished(
                                report(1, position, 12_345),
                                false,
                                PLAN,
                                Path.of("/s/r.jsonl"),
                                NEXT,
                                Style.PLAIN))
                .isEqualTo(
                        """
                        backfill finished: 1,234,567 rows in 12.3 s, 100,005 rows/s

                        table     rows read  points written  devices  collapsed  rejected  empty rows  zero dates
                        ambience  1,234,567       7,407,402       50         17         1           4           2
                        log               0               0        0          0         0           0           0

                        IoTDB holds the history as of binlog position mysql-bin.000003:157, which its journal keeps for replication
                        1 row was rejected; each one's key, column, value and reason: /s/r.jsonl
                        next: iotdb-migrate cdc --config p.yml
                        to look at it in IoTDB, for example: SELECT * FROM root.plant.device_* LIMIT 3 ALIGN BY DEVICE\
                        """);
    }

    private static Table item(int number, long rejected, String devices) {
        return new Table("item" + number, "item.*", devices, 10, 20, 1, 0, 0, rejected, 0, 7);
    }

    private static String text(boolean byTable, Table... tables) {
        Report report =
                new Report(
                        List.of(tables),
                        Instant.parse("2026-11-22T10:15:30Z"),
                        Duration.ofSeconds(1),
                        null);
        return BackfillText.finished(report, byTable, PLAN, Path.of("r"), NEXT, Style.PLAIN);
    }

    @Test
    void aPatternHasOneRowAndThoseBelowThatNeedAttention() {
        Table[] tables = {
            item(1, 0, "root.a"), item(2, 3, "root.b"), item(3, 0, "root.b"), item(3, 0, "root.c")
        };
        assertThat(text(false, tables))
                .contains(
                        """
                        item.* (3 tables)         30              60        2          0         3           0           0
                          item2                   10              20        1          0         3           0           0
                        item3                     10              20        1          0         0           0           0
                        """);
        assertThat(text(false, tables))
                .contains("28 values were left out of rows, as on_invalid: skip wants: item1 7, ");
        assertThat(text(true, tables)).contains("item1 ", "item2 ", "item3 ").doesNotContain("(3");
        Table[] many =
                IntStream.range(0, 1_000).mapToObj(i -> item(i, 1, "root.a")).toArray(Table[]::new);
        assertThat(text(false, many).lines()).hasSizeLessThan(40);
        assertThat(text(false, many))
                .contains("item.* (1000 tables)")
                .contains("980 more tables of item.* need attention; --by-table shows each");
    }

    @Test
    void withoutABinlogThereIsNoPosition() {
        String text =
                BackfillText.finished(
                        report(0, null, 0), false, PLAN, Path.of("r"), NEXT, Style.PLAIN);

        assertThat(text)
                .contains("1,234,567 rows in 0.0 s, 0 rows/s", "MySQL writes no binlog")
                .doesNotContain("rejected;");
    }

    @Test
    void aRunThatIsDoneAlready() {
        assertThat(
                        BackfillText.alreadyFinished(
                                report(0, null, 1),
                                false,
                                "iotdb-migrate backfill -c x",
                                Style.PLAIN))
                .startsWith(
                        "nothing to do: these tables were copied before, finished at"
                                + " 2026-11-22T10:15:30Z")
                .endsWith(
                        "to erase them in IoTDB and copy them anew: iotdb-migrate backfill -c x"
                                + " --restart");
    }

    @Test
    void aRunThatWasStoppedBeforeItsFirstCheckpoint() {
        assertThat(BackfillText.stopped(new BackfillOutcome.Stopped(false), "again"))
                .isEqualTo("stopped before anything was kept; to begin again: again");
    }

    @Test
    void thePlan() {
        assertThat(PlanText.render(PLAN, Style.PLAIN, "iotdb-migrate backfill -c x"))
                .isEqualTo(
                        """
                        table     rows, about  chunks, about  cut along               devices
                        ambience    1,200,000             12  id                      root.plant.device_*
                        log                 0              1  (no key: in one piece)  root.plant.log

                        each device of ambience gets
                            temperature DOUBLE, note TEXT
                        each device of log gets
                            v INT32
                            (no unique key covers device and time: rows that share both become one)

                        nothing was written; next: iotdb-migrate backfill -c x\
                        """);
    }
}
