package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.terminal.Style;
import org.junit.jupiter.api.Test;

/** Counts as a person reads them. */
class CountTextTest {

    @Test
    void equal() {
        assertThat(CountText.render(VerifyReports.counts(true), false, Style.PLAIN))
                .startsWith(
                        """
                        equal counts: 200,010 rows of 1,041 devices counted in 1.2 s, from binlog position binlog.000001:157 on; values were not compared

                        table     devices  differ  MySQL rows  empty  rejected  collapsed     left  IoTDB rows
                        ambience    1,040       0     200,000  1,004         3          2  198,991     198,991
                        log             1       0          10      0         0          0       10          10

                        left are the rows""")
                .endsWith("\nnot compared: values: only counted\nnote: something to know");
    }

    @Test
    void devicesThatDifferAreNamedWithBothCounts() {
        assertThat(CountText.render(VerifyReports.counts(false), false, Style.PLAIN))
                .startsWith("2 devices differ: 200,010 rows of 1,041 devices counted in 1.2 s")
                .contains(
                        """
                        device     MySQL  IoTDB
                        root.p.d1  5,000  4,999
                        ...
                        """)
                .contains("\n5 rows deleted in MySQL are kept, as on_delete wants\n")
                .endsWith(
                        "\nall devices that differ, one JSON object a line:"
                                + " state/differences.jsonl");
    }
}
