package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.ValueText;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a comparison came to, for people. */
public final class VerifyText {
    /** What is shown of each table, on pages too. */
    public static final List<Figure<VerifyReport.Table>> FIGURES =
            List.of(
                    new Figure<>("MySQL rows", VerifyReport.Table::mysqlRows),
                    new Figure<>("IoTDB rows", VerifyReport.Table::iotdbRows),
                    new Figure<>("missing", VerifyReport.Table::missing),
                    new Figure<>("extra", VerifyReport.Table::extra),
                    new Figure<>("different", VerifyReport.Table::different),
                    new Figure<>("empty", VerifyReport.Table::empty),
                    new Figure<>("rejected", VerifyReport.Table::rejected),
                    new Figure<>("collapsed", VerifyReport.Table::collapsed));

    private static final int LONGEST_VALUE = 40;
    private static final int MOST_DEVICES = 50;

    private static final MappingRows<VerifyReport.Table> ROWS =
            new MappingRows<>(
                    VerifyReport.Table::name,
                    VerifyReport.Table::mapping,
                    table -> table.sources().size(),
                    VerifyText::plus,
                    table -> table.differences() > 0);

    private VerifyText() {}

    /**
     * @param byTable whether each table of a list or pattern has a row
     * @param command this one, without any repair
     * @param style how it may look
     */
    public static String render(VerifyReport report, boolean byTable, String command, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(counts(report, byTable, style));
        devices(report, style, lines);
        differences(report, style, lines);
        lines.add("");
        lines.addAll(explain(report));
        report.notCompared().forEach(what -> lines.add("not compared: " + what));
        report.notes().forEach(note -> lines.add("note: " + note));
        lines.addAll(next(report, command));
        return String.join("\n", lines);
    }

    /** Tells the result in one line. */
    public static String headline(VerifyReport report) {
        long rows = report.tables().stream().mapToLong(VerifyReport.Table::mysqlRows).sum();
        return String.format(
                Locale.ROOT,
                "%s: %,d rows compared by %s in %.1f s%s",
                report.count() == 0
                        ? "equal"
                        : String.format(
                                Locale.ROOT,
                                "%,d %s",
                                report.count(),
                                report.count() == 1 ? "row differs" : "rows differ"),
                rows,
                report.mode(),
                Json.seconds(report.duration()),
                position(report.positions(), report.count() == 0));
    }

    /** Tells from where on, or as of which position, a result holds. */
    static String position(Positions positions, boolean equal) {
        if (positions.equalAt() != null && equal) {
            return ", as of binlog position " + positions.equalAt();
        }
        return positions.before() == null
                ? ""
                : ", from binlog position " + positions.before() + " on";
    }

    private static VerifyReport.Table plus(VerifyReport.Table one, VerifyReport.Table other) {
        return new VerifyReport.Table(
                one.name(),
                one.mapping(),
                Stream.concat(one.sources().stream(), other.sources().stream()).toList(),
                one.mysqlRows() + other.mysqlRows(),
                one.iotdbRows() + other.iotdbRows(),
                one.missing() + other.missing(),
                one.extra() + other.extra(),
                one.different() + other.different(),
                one.empty() + other.empty(),
                one.rejected() + other.rejected(),
                one.collapsed() + other.collapsed(),
                one.kept() + other.kept(),
                "",
                "",
                List.of());
    }

    private static List<String> counts(VerifyReport report, boolean byTable, Style style) {
        TextTable table = TextTable.of(FIGURES);
        List<String> more = new ArrayList<>();
        for (MappingRows.Row<VerifyReport.Table> row : ROWS.of(report.tables(), byTable, more)) {
            table.row(row.title(), FIGURES, row.figures());
            VerifyReport.Table t = row.figures();
            if (byTable && t.sources().size() > 1) {
                t.sources()
                        .forEach(
                                s ->
                                        table.row(
                                                "  " + s.table(),
                                                number(s.rows()),
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                "",
                                                ""));
            }
        }
        return Stream.concat(table.lines(style.table()).stream(), more.stream()).toList();
    }

    private static void devices(VerifyReport report, Style style, List<String> lines) {
        TextTable table =
                new TextTable(
                        Column.text("device"),
                        Column.number("rows"),
                        Column.text("from"),
                        Column.text("to"));
        report.tables().stream()
                .flatMap(t -> t.devices().stream())
                .limit(MOST_DEVICES)
                .forEach(
                        d ->
                                table.row(
                                        d.path(),
                                        number(d.differences()),
                                        d.from().toString(),
                                        d.to().toString()));
        if (report.tables().stream().anyMatch(t -> !t.devices().isEmpty())) {
            lines.add("");
            lines.addAll(table.records(style.table()));
        }
        if (report.tables().stream().mapToInt(t -> t.devices().size()).sum() > MOST_DEVICES) {
            lines.add("...");
        }
    }

    private static void differences(VerifyReport report, Style style, List<String> lines) {
        if (report.differences().isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable(
                        Column.text("difference"),
                        Column.text("device"),
                        Column.number("time"),
                        Column.text("column"),
                        Column.text("MySQL"),
                        Column.text("IoTDB"));
        for (Difference d : report.differences()) {
            boolean first = true;
            for (Cell cell : d.cells()) {
                table.row(
                        first ? d.kind() : "",
                        first ? d.key().device() : "",
                        first ? Long.toString(d.key().time()) : "",
                        cell.column(),
                        shortened(cell.mysql(), cell.iotdb()),
                        shortened(cell.iotdb(), cell.mysql()));
                first = false;
            }
        }
        lines.add("");
        lines.addAll(table.records(style.table()));
        if (report.count() > report.differences().size()) {
            lines.add("...");
        }
    }

    private static String shortened(@Nullable Value value, @Nullable Value other) {
        if (value == null) {
            return "-";
        }
        String text = ValueText.of(value).replace("\n", "\\n");
        String cut =
                text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
        return other != null && other.type() != value.type() ? value.type() + " " + cut : cut;
    }

    /** Says what became of rows that are not among those that differ, one sentence each. */
    public static List<String> explain(VerifyReport report) {
        List<String> lines = new ArrayList<>();
        long empty = report.tables().stream().mapToLong(VerifyReport.Table::empty).sum();
        long rejected = report.tables().stream().mapToLong(VerifyReport.Table::rejected).sum();
        long collapsed = report.tables().stream().mapToLong(VerifyReport.Table::collapsed).sum();
        long kept = report.tables().stream().mapToLong(VerifyReport.Table::kept).sum();
        if (empty > 0) {
            lines.add(rows(empty, "has", "have") + " only nulls, of which IoTDB keeps nothing");
        }
        if (rejected > 0) {
            lines.add(
                    rows(rejected, "cannot", "cannot")
                            + " be mapped; backfill and cdc name them in rejected-rows.jsonl and"
                            + " rejected-changes.jsonl");
        }
        if (collapsed > 0) {
            lines.add(
                    rows(collapsed, "gives", "give")
                            + " way to another of the same device and time, as"
                            + " on_duplicate wants");
        }
        if (kept > 0) {
            lines.add(
                    rows(kept, "deleted in MySQL is", "deleted in MySQL are")
                            + " kept, as on_delete or on_partition_drop wants");
        }
        return lines;
    }

    private static String rows(long count, String verbOfOne, String verb) {
        return number(count) + (count == 1 ? " row " + verbOfOne : " rows " + verb);
    }

    /** Says where the differences are, what a repair did, and what to do next. */
    public static List<String> next(VerifyReport report, String command) {
        List<String> lines = new ArrayList<>();
        if (report.differencesFile() != null) {
            lines.add("all differences, one JSON object a line: " + report.differencesFile());
        }
        Repaired repair = report.repair();
        if (repair == null) {
            if (report.count() > 0 && report.mode().equals("checksums")) {
                lines.add("to see what would mend them: " + command + " --repair");
            }
            return lines;
        }
        RepairText.add(repair, report, command, lines);
        return lines;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
