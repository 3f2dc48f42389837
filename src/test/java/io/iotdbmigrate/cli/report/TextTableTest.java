package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.TextTable.Column;
import org.junit.jupiter.api.Test;

/** Tables on narrow terminals. */
class TextTableTest {
    private final TextTable table =
            new TextTable(Column.text("table"), Column.number("MySQL"), Column.number("IoTDB"));

    private void rows() {
        table.row("ambience", "1,000", "998");
        table.row("log", "2", "2");
    }

    @Test
    void isOneWhereItFits() {
        rows();
        assertThat(table.lines(22))
                .containsExactly(
                        "table     MySQL  IoTDB",
                        "ambience  1,000    998",
                        "log           2      2");
    }

    @Test
    void columnsThatDoNotFitAreBelow() {
        rows();
        assertThat(table.lines(21))
                .containsExactly(
                        "table     MySQL",
                        "ambience  1,000",
                        "log           2",
                        "",
                        "table     IoTDB",
                        "ambience    998",
                        "log           2");
    }

    @Test
    void aRowThatDoesNotFitIsALineForEachCell() {
        table.row("ambience", "1,000", "998");
        table.row("", "2", "");
        assertThat(table.records(22)).hasSize(3);
        assertThat(table.records(21))
                .containsExactly(
                        "table    ambience", "  MySQL  1,000", "  IoTDB  998", "  MySQL  2");
    }
}
