package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.check.CheckReport.Counts;
import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.cli.terminal.Style.Colour;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What {@code check} found, for people. */
public final class CheckText {
    private static final int SEVERITY_WIDTH = 7;
    private static final int WIDEST_SUBJECT = 32;
    private static final int GAP = 2;

    /**
     * Most tables whose findings are listed one by one; of more, those that say the same are one.
     */
    private static final int FEW = 10;

    private CheckText() {}

    /**
     * @param config the options that name the config file and the state folder
     */
    public static String render(CheckReport report, Style style, String config) {
        List<String> lines = new ArrayList<>();
        List<Finding> findings =
                report.tables().size() > FEW ? folded(report.findings()) : report.findings();
        int subjects =
                Math.min(
                        WIDEST_SUBJECT,
                        findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0));
        findings.forEach(finding -> lines.addAll(finding(finding, subjects, style)));
        lines.add("");
        if (!report.tables().isEmpty()) {
            lines.addAll(tables(report, style));
            lines.add("");
        }
        lines.add(verdict(report, style, config));
        return String.join("\n", lines);
    }

    /** Returns one finding in the place of many that say the same of many tables. */
    private static List<Finding> folded(List<Finding> all) {
        Map<Finding, List<Finding>> alike = new LinkedHashMap<>();
        for (Finding finding : all) {
            alike.computeIfAbsent(about(finding, "", finding.message()), f -> new ArrayList<>())
                    .add(finding);
        }
        List<Finding> shown = new ArrayList<>();
        for (List<Finding> same : alike.values()) {
            Finding first = same.get(0);
            if (same.size() == 1) {
                shown.add(first);
            } else {
                shown.add(
                        about(
                                first,
                                first.subject(),
                                first.message()
                                        + " (and so of "
                                        + number(same.size() - 1L)
                                        + " others, the last one "
                                        + same.get(same.size() - 1).subject()
                                        + ")"));
            }
        }
        return shown;
    }

    private static Finding about(Finding finding, String subject, String message) {
        return new Finding(
                finding.severity(), finding.exitCode(), subject, message, finding.remedy());
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

    private static List<String> tables(CheckReport report, Style style) {
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
        List<String> more = new ArrayList<>();
        MappingRows<CheckReport.Table> rows =
                new MappingRows<>(
                        CheckReport.Table::name,
                        CheckReport.Table::entry,
                        t -> 1,
                        CheckReport.Table::plus,
                        t -> t.counts() != null && t.counts().lost() > 0);
        for (MappingRows.Row<CheckReport.Table> row : rows.of(report.tables(), false, more)) {
            CheckReport.Table t = row.figures();
            Optional<Counts> counts = Optional.ofNullable(t.counts());
            boolean exact = counts.filter(c -> !c.sampled()).isPresent();
            table.row(
                    row.title(),
                    (exact ? "" : "about ") + number(t.rows()),
                    t.chunkKey() == null ? "(in one piece)" : t.chunkKey(),
                    exact ? "all" : number(counts, Counts::rows),
                    number(counts, Counts::devices),
                    number(counts, Counts::collapsed),
                    number(counts, Counts::nullDevices),
                    number(counts, Counts::nullTimes),
                    number(counts, Counts::zeroDates));
        }
        List<String> lines = new ArrayList<>(table.lines(style.table()));
        more.forEach(m -> lines.add(m.replace("--by-table shows", "--output json has")));
        return lines;
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
     * @param config the options that name the config file and the state folder
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
                        .limit(FEW)
                        .map(CheckText::loss)
                        .collect(
                                Collectors.joining(
                                        ", and ", ", but ", others(report) + " would not arrive"));
    }

    private static String others(CheckReport report) {
        int others = report.losing().size() - FEW;
        return others > 0 ? ", and rows of " + plural(others, "other table") : "";
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
