package io.iotdbmigrate.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cli.report.TextTable.Column;
import org.junit.jupiter.api.Test;

/** Tables and wrapped text. */
class TextLayoutTest {
    @Test
    void numbersAreAlignedToTheRightAndTextToTheLeft() {
        TextTable table =
                new TextTable(Column.text("table"), Column.number("rows"), Column.text("x"));
        table.row("ambience", "1", "a");
        table.row("t", "1,234,567", "");

        assertThat(table.lines())
                .containsExactly(
                        "table          rows  x", //
                        "ambience          1  a",
                        "t         1,234,567");
    }

    @Test
    void textIsBrokenBetweenWords() {
        assertThat(Wrap.lines("one two three four", 9)).containsExactly("one two", "three", "four");
    }

    @Test
    void aLongWordIsNotBroken() {
        assertThat(Wrap.lines("a /very/long/path b", 6))
                .containsExactly("a", "/very/long/path", "b");
    }

    @Test
    void noTextIsOneEmptyLine() {
        assertThat(Wrap.lines("", 6)).containsExactly("");
    }
}
