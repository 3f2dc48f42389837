package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.check.CheckReport.Counts;
import io.iotdbmigrate.cli.report.CheckText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What {@code check} found, as a page. */
public final class CheckHtml {
    private CheckHtml() {}

    /**
     * @param config the options that name the config file and the state folder
     * @param at when it was checked
     */
    public static String render(CheckReport report, Origin origin, String config, Instant at) {
        HtmlPage page = new HtmlPage("Check", origin);
        page.headline(mood(report), CheckText.verdict(report, Style.PLAIN, config));
        page.section("findings", "Findings", findings(report.findings()));
        if (!report.tables().isEmpty()) {
            page.section("tables", "Tables", tables(report));
        }
        return page.render("Checked at " + Figures.second(at) + ". All times are in UTC.");
    }

    private static Mood mood(CheckReport report) {
        if (report.exitCode() != ExitCode.DONE) {
            return Mood.BAD;
        }
        return report.losing().isEmpty() ? Mood.GOOD : Mood.ATTENTION;
    }

    /** Returns them with the gravest first, for a person reads from the top. */
    static DomContent findings(List<Finding> findings) {
        HtmlTable table =
                new HtmlTable(
                        "finding-list",
                        Column.text("severity"),
                        Column.text("subject"),
                        Column.text("found"),
                        Column.text("remedy"));
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .forEach(
                        f ->
                                table.row(
                                        HtmlTable.severity(f.severity()),
                                        HtmlTable.code(f.subject()),
                                        HtmlTable.text(f.message()),
                                        HtmlTable.text(f.remedy())));
        return table.content();
    }

    static DomContent tables(CheckReport report) {
        HtmlTable table =
                new HtmlTable(
                        "table-counts",
                        Column.text("table"),
                        Column.number("rows"),
                        Column.text("read along"),
                        Column.text("looked at"),
                        Column.number("devices"),
                        Column.number("collapse"),
                        Column.number("null device"),
                        Column.number("null time"),
                        Column.number("zero dates"),
                        Column.number("not in IoTDB"));
        for (CheckReport.Table t : report.tables()) {
            Counts counts = t.counts();
            table.row(
                    HtmlTable.text(t.name()),
                    HtmlTable.number(t.rows()),
                    HtmlTable.text(t.chunkKey() == null ? "(in one piece)" : t.chunkKey()),
                    HtmlTable.text(lookedAt(counts)),
                    number(counts, Counts::devices),
                    number(counts, Counts::collapsed),
                    number(counts, Counts::nullDevices),
                    number(counts, Counts::nullTimes),
                    number(counts, Counts::zeroDates),
                    number(counts, Counts::lost));
        }
        return table.content();
    }

    private static String lookedAt(@Nullable Counts counts) {
        if (counts == null) {
            return "none: rows are an estimate";
        }
        return counts.sampled()
                ? Figures.text(counts.rows()) + " rows: the number of all is an estimate"
                : "all";
    }

    private static TdTag number(@Nullable Counts counts, ToLongFunction<Counts> of) {
        return counts == null || of.applyAsLong(counts) < 0
                ? HtmlTable.text("-").withClass("num")
                : HtmlTable.number(of.applyAsLong(counts));
    }
}
