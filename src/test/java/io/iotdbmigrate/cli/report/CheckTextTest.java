package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.check.CheckReport.Counts;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTextTest {
    private static final Counts COUNTS = new Counts(1_000_000, false, 50, 17, 1, 2, 3, 20);
    private static final Counts SAMPLED = new Counts(1_000, true, 4, -1, 0, 0, 0, 0);
    private static final CheckReport REPORT =
            new CheckReport(
                    List.of(
                            Finding.ok("MySQL", "is version 8.0.33"),
                            Finding.warning(
                                    "ambience.level",
                                    "DECIMAL(20,4) -> DOUBLE: a DOUBLE keeps 15 of its 20 digits",
                                    "set type: TEXT to keep every digit"),
                            Finding.error(
                                    ExitCode.CONFIG,
                                    "a_table_with_a_rather_long_name.and_such_a_column",
                                    "is missing",
                                    "add it")),
                    List.of(
                            new CheckReport.Table("ambience", 990_000, "id", COUNTS),
                            new CheckReport.Table("log", 7_000, null, SAMPLED),
                            new CheckReport.Table("pump", 50, "a, b", null)));

    private static List<String> lines(Style style) {
        return CheckText.render(REPORT, style, "--config plant.yml").lines().toList();
    }

    @Test
    void findingsAreAlignedAndWrapped() {
        assertThat(lines(new Style(80, false)))
                .startsWith(
                        "ok       MySQL                             is version 8.0.33",
                        "warning  ambience.level                    DECIMAL(20,4) -> DOUBLE: a DOUBLE",
                        "                                           keeps 15 of its 20 digits",
                        "                                           -> set type: TEXT to keep every digit",
                        "error    a_table_with_a_rather_long_name.and_such_a_column",
                        "                                           is missing",
                        "                                           -> add it");
    }

    @Test
    void everyTableHasItsFigures() {
        assertThat(lines(Style.PLAIN))
                .containsSequence(
                        "table            rows  read along      looked at  devices  collapse  null device  null time  zero dates",
                        "ambience    1,000,000  id                    all       50        17            1          2           3",
                        "log       about 7,000  (in one piece)      1,000        4         -            0          0           0",
                        "pump         about 50  a, b                    -        -         -            -          -           -");
    }

    /** Of which one needs attention. */
    @Test
    void manyTablesOfAPatternAreOneRow() {
        List<Finding> findings = new ArrayList<>();
        List<CheckReport.Table> tables = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            boolean loses = i == 7;
            findings.add(Finding.ok("item" + i, "is read along its primary key time"));
            tables.add(
                    new CheckReport.Table(
                            "item" + i,
                            "item(\\d+)",
                            2,
                            "time",
                            new Counts(2, false, 1, 0, 0, 0, 0, loses ? 1 : 0)));
        }
        assertThat(
                        CheckText.render(new CheckReport(findings, tables), Style.PLAIN, "-c p.yml")
                                .lines())
                .containsExactly(
                        "ok       item1  is read along its primary key time (and so of 299 others, the"
                                + " last one item300)",
                        "",
                        "table                   rows  read along  looked at  devices  collapse  null"
                                + " device  null time  zero dates",
                        "item(\\d+) (300 tables)   600  time              all      300         0"
                                + "            0          0           0",
                        "  item7                    2  time              all        1         0"
                                + "            0          0           0",
                        "",
                        "ready, but 1 of 2 rows of item7 would not arrive: 0 errors, 0 warnings; next:"
                                + " iotdb-migrate backfill -c p.yml");
    }

    @Test
    void theVerdictIsTheLastLine() {
        assertThat(lines(Style.PLAIN))
                .last()
                .isEqualTo(
                        "not ready: 1 error, 1 warning; when the errors are dealt with:"
                                + " iotdb-migrate check --config plant.yml");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(lines(new Style(80, false))).noneMatch(line -> line.contains("\u001b"));
        assertThat(lines(new Style(80, true)).get(0))
                .isEqualTo(
                        "\u001b[1;32mok\u001b[0m       MySQL                             is version"
                                + " 8.0.33");
    }
}
