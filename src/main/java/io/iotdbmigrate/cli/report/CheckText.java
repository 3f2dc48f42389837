package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.check.CheckReport.Counts;
import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.cli.terminal.Style.Colour;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What {@code check} found, for people. */
public final class CheckText {
    private static final int SEVERITY_WIDTH = 7;
    private static final int WIDEST_SUBJECT = 32;
    private static final int GAP = 2;

    private CheckText() {}

    /**
     * @param config the option that names the config file
     */
    public static String render(CheckReport report, Style style, String config) {
        List<String> lines = new ArrayList<>();
        int subjects =
                Math.min(
                        WIDEST_SUBJECT,
                        report.findings().stream()
                                .mapToInt(f -> f.subject().length())
                                .max()
                                .orElse(0));
        report.findings().forEach(finding -> lines.addAll(finding(finding, subjects, style)));
        lines.add("");
        if (!report.tables().isEmpty()) {
            lines.addAll(tables(report));
            lines.add("");
        }
        lines.add(verdict(report, style, config));
        return String.join("\n", lines);
    }

    /** Returns severity and subject, and beside them what was found and what to do. */
    private static List<String> finding(Finding finding, int subjectWidth, Style style) {
        int indent = SEVERITY_WIDTH + GAP + subjectWidth + GAP;
        List<String> text = new ArrayList<>(Wrap.lines(finding.message(), style.width() - indent));
        if (!finding.remedy().isEmpty()) {
            text.addAll(Wrap.lines("-> " + finding.remedy(), style.width() - indent));
        }
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String head =
                style.paint(colour(finding.severity()), severity)
                        + " ".repeat(SEVERITY_WIDTH - severity.length() + GAP)
                        + finding.subject();
        List<String> lines = new ArrayList<>();
        if (finding.subject().length() > subjectWidth) {
            lines.add(head);
            head = " ".repeat(indent);
        } else {
            head += " ".repeat(subjectWidth - finding.subject().length() + GAP);
        }
        lines.add(head + text.get(0));
        text.stream().skip(1).map(line -> " ".repeat(indent) + line).forEach(lines::add);
        return lines;
    }

    private static Colour colour(Severity severity) {
        return switch (severity) {
            case OK -> Colour.GREEN;
            case WARNING -> Colour.YELLOW;
            case ERROR -> Colour.RED;
        };
    }

    private static List<String> tables(CheckReport report) {
        TextTable table =
                new TextTable(
                        Column.text("table"),
                        Column.number("rows"),
                        Column.text("read along"),
                        Column.number("looked at"),
                        Column.number("devices"),
                        Column.number("collapse"),
                        Column.number("null device"),
                        Column.number("null time"),
                        Column.number("zero dates"));
        for (CheckReport.Table t : report.tables()) {
            Optional<Counts> counts = Optional.ofNullable(t.counts());
            boolean exact = counts.filter(c -> !c.sampled()).isPresent();
            table.row(
                    t.name(),
                    (exact ? "" : "about ") + number(t.rows()),
                    t.chunkKey() == null ? "(in one piece)" : t.chunkKey(),
                    exact ? "all" : number(counts, Counts::rows),
                    number(counts, Counts::devices),
                    number(counts, Counts::collapsed),
                    number(counts, Counts::nullDevices),
                    number(counts, Counts::nullTimes),
                    number(counts, Counts::zeroDates));
        }
        return table.lines();
    }

    private static String number(Optional<Counts> counts, ToLongFunction<Counts> count) {
        return counts.filter(c -> count.applyAsLong(c) >= 0)
                .map(c -> number(count.applyAsLong(c)))
                .orElse("-");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * Tells whether a migration can begin, in one line.
     *
     * @param config the option that names the config file
     */
    public static String verdict(CheckReport report, Style style, String config) {
        long errors = count(report, Severity.ERROR);
        String counts =
                plural(errors, "error") + ", " + plural(count(report, Severity.WARNING), "warning");
        return errors > 0
                ? style.paint(Colour.RED, "not ready")
                        + ": "
                        + counts
                        + "; when the errors are dealt with: iotdb-migrate check "
                        + config
                : style.paint(report.losing().isEmpty() ? Colour.GREEN : Colour.YELLOW, "ready")
                        + losses(report)
                        + ": "
                        + counts
                        + "; next: iotdb-migrate backfill "
                        + config;
    }

    /** Returns tables of which much does not arrive, be it so meant or not. */
    private static String losses(CheckReport report) {
        return report.losing().isEmpty()
                ? ""
                : report.losing().stream()
                        .map(CheckText::loss)
                        .collect(Collectors.joining(", and ", ", but ", " would not arrive"));
    }

    private static String loss(CheckReport.Table table) {
        Optional<Counts> counts = Optional.ofNullable(table.counts());
        return number(counts, Counts::lost)
                + " of "
                + (counts.filter(Counts::sampled).isPresent() ? "the first " : "")
                + number(counts, Counts::rows)
                + " rows of "
                + table.name();
    }

    private static long count(CheckReport report, Severity severity) {
        return report.findings().stream().filter(f -> f.severity() == severity).count();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
