package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.BackfillText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.WorkShare;
import j2html.tags.DomContent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a backfill ended, as a page. */
public final class BackfillHtml {
    private static final String WORK = "Reading, writing, waiting";

    private BackfillHtml() {}

    /**
     * @param rejectedRows the file that has them
     */
    public static String render(Report report, Origin origin, RunCourse course, Path rejectedRows) {
        HtmlPage page = new HtmlPage("Backfill", origin);
        page.headline(
                report.rejected() > 0 ? Mood.ATTENTION : Mood.GOOD, BackfillText.headline(report));
        List<String> notes = new ArrayList<>();
        notes.add(BackfillText.position(report));
        if (report.rejected() > 0) {
            notes.add(BackfillText.rejected(report, rejectedRows));
        }
        BackfillText.skipped(report).ifPresent(notes::add);
        page.list("notes", "To know", notes);
        page.section("tables", "Tables", tables("table-counts", report.tables()));
        course(course, page);
        return page.render(
                "Finished at " + Figures.second(report.finishedAt()) + ". All times are in UTC.");
    }

    /**
     * Returns the page of one that failed.
     *
     * @param why one sentence at least
     * @param command the same again
     * @param at when it failed
     */
    public static String failed(
            List<String> why, Origin origin, RunCourse course, String command, Instant at) {
        HtmlPage page = FailureHtml.begin("Backfill", origin, why);
        page.list("next", "Next", List.of("mend that; then the same goes on: " + command));
        if (!course.tables().isEmpty()) {
            HtmlTable table =
                    new HtmlTable(
                            "table-counts",
                            Column.text("table"),
                            Column.number("rows read by then"),
                            Column.number("rows as MySQL estimates"));
            for (BackfillProgress.Table t : course.tables()) {
                table.row(
                        HtmlTable.text(t.name()),
                        HtmlTable.number(t.rows()),
                        HtmlTable.number(t.estimatedRows()));
            }
            page.section("tables", "Tables", table.content());
            course(course, page);
        }
        return FailureHtml.end(page, at);
    }

    private static void course(RunCourse course, HtmlPage page) {
        page.section(
                "rate",
                "Rows a second",
                course.samples().size() < 2
                        ? new DomContent[] {
                            p(
                                    "This run was too short to measure, or an earlier one had copied"
                                            + " the rows.")
                        }
                        : new DomContent[] {
                            p("From the first look at the running job to the last one. The start and"
                                            + " the end of the job take time beside it.")
                                    .withClass("hint"),
                            Curve.ofRows(course.samples())
                                    .content("rate-chart", "Rows a second over time")
                        });
        if (course.work().isEmpty()) {
            page.section("work-section", WORK, p("Not measured: the job was seen at no work."));
        } else {
            page.section(
                    "work-section",
                    WORK,
                    p("Added up over all readers and writers, which work side by side. The side that"
                                    + " waits less is the one that the other waits for.")
                            .withClass("hint"),
                    WorkBars.of(course.work()),
                    work(course.work()));
        }
    }

    static DomContent tables(String id, List<BackfillOutcome.Table> tables) {
        return HtmlTable.of(
                id,
                BackfillText.FIGURES,
                BackfillOutcome.Table::name,
                tables.size() > HtmlTable.MOST_ROWS ? rejectedFirst(tables) : tables);
    }

    /** Returns those that a person has to look at before those that are left out. */
    private static List<BackfillOutcome.Table> rejectedFirst(List<BackfillOutcome.Table> tables) {
        return tables.stream()
                .sorted(Comparator.comparingLong(BackfillOutcome.Table::rejected).reversed())
                .toList();
    }

    private static DomContent work(List<WorkShare> work) {
        HtmlTable table =
                new HtmlTable(
                        "work-times",
                        Column.text("side"),
                        Column.number("working, ms"),
                        Column.number("held by rate_limit, ms"),
                        Column.number("waiting, ms"));
        for (WorkShare share : work) {
            table.row(
                    HtmlTable.text(share.side()),
                    HtmlTable.number(share.working().toMillis()),
                    HtmlTable.number(share.limited().toMillis()),
                    HtmlTable.number(share.waiting().toMillis()));
        }
        return table.content();
    }
}
