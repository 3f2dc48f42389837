package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.Repaired.After;
import io.iotdbmigrate.verify.Repaired.Execution;
import io.iotdbmigrate.verify.VerifyReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparisons as a person reads them. */
class VerifyTextTest {
    private static final String COMMAND = "iotdb-migrate verify -c p.yml";

    @Test
    void tablesThatAreComparedAsOneShowWhatWasReadOfEach() {
        VerifyReport.Table months =
                new VerifyReport.Table(
                        "m1 + m2",
                        "m.*",
                        List.of(new VerifyReport.Source("m1", 5), new VerifyReport.Source("m2", 6)),
                        11,
                        11,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        "a",
                        "a",
                        List.of());
        VerifyReport report =
                new VerifyReport(
                        VerifyReport.CHECKSUMS,
                        List.of(months),
                        List.of(),
                        List.of(),
                        null,
                        new VerifyReport.Positions(null, null, null),
                        List.of(),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Duration.ofSeconds(1));
        assertThat(VerifyText.render(report, false, COMMAND, Style.PLAIN))
                .contains("m.* (2 tables)          11          11")
                .doesNotContain("m1");
        assertThat(VerifyText.render(report, true, COMMAND, Style.PLAIN))
                .contains(
                        "m1 + m2          11          11",
                        "  m1              5",
                        "  m2              6");
    }

    @Test
    void equal() {
        assertThat(VerifyText.render(VerifyReports.equal(), false, COMMAND, Style.PLAIN))
                .isEqualTo(
                        """
                        equal: 200,000 rows compared by checksums in 2.4 s, as of binlog position binlog.000001:999

                        table     MySQL rows  IoTDB rows  missing  extra  different  empty  rejected  collapsed
                        ambience     200,000     199,999        0      0          0      0         0          0
                        """);
    }

    @Test
    void eachKindOfDifference() {
        assertThat(VerifyText.render(VerifyReports.different(null), false, COMMAND, Style.PLAIN))
                .isEqualTo(
                        """
                        4 rows differ: 200,000 rows compared by checksums in 14.0 s, from binlog position binlog.000001:157 on

                        table     MySQL rows  IoTDB rows  missing  extra  different  empty  rejected  collapsed
                        ambience     200,000     199,999        1      1          2  1,004         3          2

                        device     rows  from                  to
                        root.p.d1     2  2026-01-02T00:03:00Z  2026-01-02T00:04:00Z

                        difference  device     time  column  MySQL                                        IoTDB
                        different   root.p.d1  1000  t       1.5                                          -
                                                     n       INT32 7                                      INT64 7
                        missing     root.p.d2  2000  note    line\\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...  -
                        extra       root.p.d3  3000  n       -                                            42
                        ...

                        1,004 rows have only nulls, of which IoTDB keeps nothing
                        3 rows cannot be mapped; backfill and cdc name them in rejected-rows.jsonl and rejected-changes.jsonl
                        2 rows give way to another of the same device and time, as on_duplicate wants
                        5 rows deleted in MySQL are kept, as on_delete or on_partition_drop wants
                        not compared: rows before 2026-01-01T00:00:00Z
                        note: something to know
                        all differences, one JSON object a line: state/differences.jsonl
                        to see what would mend them: iotdb-migrate verify -c p.yml --repair\
                        """);
    }

    private static String repaired(Repaired repair) {
        return VerifyText.render(VerifyReports.different(repair), false, COMMAND, Style.PLAIN);
    }

    @Test
    void aPlannedRepair() {
        assertThat(repaired(VerifyReports.planned()))
                .endsWith(
                        """
                        repair: planned, 3 rows with 4 values to write, 1 row and 2 values in all to delete
                        1 device with rows to delete has no row in MySQL at all: root.p.d3
                        not repaired: x at 5: no
                        nothing was written; to do it: iotdb-migrate verify -c p.yml --repair --execute --delete-extra\
                        """);
    }

    @Test
    void aRepairThatWasDone() {
        assertThat(repaired(VerifyReports.written(Execution.DONE, 2, new After(0, 2, 0))))
                .endsWith(
                        """
                        repair: done, 3 rows with 4 values to write, 1 row and 2 values in all to delete
                        1 device with rows to delete has no row in MySQL at all: root.p.d3
                        2 rows were left alone: MySQL changed them meanwhile
                        the mended rows were compared again at 2026-01-02T00:03:00Z and are equal, as are\
                         the counts of all rows of the 2 devices touched\
                        """);
        assertThat(repaired(VerifyReports.written(Execution.DONE, 0, new After(1, 2, 0))))
                .endsWith("1 row of the repair still differs");
        assertThat(repaired(VerifyReports.written(Execution.DONE, 0, new After(0, 2, 1))))
                .contains("but 1 of the 2 devices touched have another number of rows");
    }

    @Test
    void aRepairThatStoppedBeforeDeletions() {
        assertThat(
                        repaired(
                                VerifyReports.written(
                                        Execution.WITHOUT_DELETIONS, 0, new After(1, 2, 1))))
                .contains("repair: done but for the deletions")
                .endsWith(
                        "nothing was deleted; to delete what only IoTDB has: iotdb-migrate verify"
                                + " -c p.yml --repair --execute --delete-extra");
        assertThat(
                        repaired(
                                new Repaired(
                                        VerifyReports.planned().plan(),
                                        Execution.DECLINED,
                                        0,
                                        List.of(),
                                        null)))
                .contains("repair: not begun")
                .endsWith("to do it all the same, add --yes");
    }
}
