package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.verify.CountReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What counting both sides came to, for people. */
public final class CountText {
    /** What is shown of each table, on pages too. */
    public static final List<Figure<CountReport.Table>> FIGURES =
            List.of(
                    new Figure<>("devices", CountReport.Table::devices),
                    new Figure<>("differ", CountReport.Table::differing),
                    new Figure<>("MySQL rows", t -> t.mysql().rows()),
                    new Figure<>("empty", t -> t.mysql().empty()),
                    new Figure<>("rejected", t -> t.mysql().rejected()),
                    new Figure<>("collapsed", t -> t.mysql().collapsed()),
                    new Figure<>("left", t -> t.mysql().points()),
                    new Figure<>("IoTDB rows", t -> t.iotdb().rows()));

    private static final MappingRows<CountReport.Table> ROWS =
            new MappingRows<>(
                    CountReport.Table::name,
                    CountReport.Table::mapping,
                    CountReport.Table::tables,
                    CountText::plus,
                    table -> table.differing() > 0);

    private CountText() {}

    /**
     * @param byTable whether each table of a list or pattern has a row
     * @param style how it may look
     */
    public static String render(CountReport report, boolean byTable, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(tables(report, byTable, style));
        devices(report, style, lines);
        lines.add("");
        lines.addAll(explain(report));
        report.notCompared().forEach(what -> lines.add("not compared: " + what));
        report.notes().forEach(note -> lines.add("note: " + note));
        if (report.differencesFile() != null) {
            lines.add(
                    "all devices that differ, one JSON object a line: " + report.differencesFile());
        }
        return String.join("\n", lines);
    }

    /** Tells the result in one line. */
    public static String headline(CountReport report) {
        String result =
                report.equal()
                        ? "equal counts"
                        : number(report.differing())
                                + (report.differing() == 1 ? " device differs" : " devices differ");
        return String.format(
                Locale.ROOT,
                "%s: %,d rows of %,d devices counted in %.1f s%s; values were not compared",
                result,
                report.tables().stream().mapToLong(t -> t.mysql().rows()).sum(),
                report.tables().stream().mapToLong(CountReport.Table::devices).sum(),
                Json.seconds(report.duration()),
                VerifyText.position(report.positions(), report.equal()));
    }

    private static CountReport.Table plus(CountReport.Table one, CountReport.Table other) {
        return new CountReport.Table(
                one.name(),
                one.mapping(),
                one.tables() + other.tables(),
                one.devices() + other.devices(),
                one.differing() + other.differing(),
                one.mysql().plus(other.mysql()),
                one.iotdb().plus(other.iotdb()));
    }

    private static List<String> tables(CountReport report, boolean byTable, Style style) {
        TextTable table = TextTable.of(FIGURES);
        List<String> more = new ArrayList<>();
        for (MappingRows.Row<CountReport.Table> row : ROWS.of(report.tables(), byTable, more)) {
            table.row(row.title(), FIGURES, row.figures());
        }
        return Stream.concat(table.lines(style.table()).stream(), more.stream()).toList();
    }

    private static void devices(CountReport report, Style style, List<String> lines) {
        if (report.devices().isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable(
                        Column.text("device"), Column.number("MySQL"), Column.number("IoTDB"));
        report.devices()
                .forEach(d -> table.row(d.path(), number(d.mysqlPoints()), number(d.iotdbRows())));
        lines.add("");
        lines.addAll(table.records(style.table()));
        if (report.differing() > report.devices().size()) {
            lines.add("...");
        }
    }

    /** Says how the figures are to be read, one sentence each. */
    public static List<String> explain(CountReport report) {
        List<String> lines = new ArrayList<>();
        long marked = report.tables().stream().mapToLong(t -> t.iotdb().marked()).sum();
        lines.add(
                "left are the rows that IoTDB should have: without those of nulls only, those that"
                        + " cannot be mapped, and those that share device and time with another");
        if (marked > 0) {
            lines.add(number(marked) + " rows deleted in MySQL are kept, as on_delete wants");
        }
        return lines;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
