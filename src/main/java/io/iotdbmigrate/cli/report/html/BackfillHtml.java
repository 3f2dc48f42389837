package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.BackfillText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.WorkShare;
import j2html.tags.DomContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a backfill ended, as a page. */
public final class BackfillHtml {
    private static final String WORK = "Reading, writing, waiting";

    private BackfillHtml() {}

    /**
     * @param samples of its course; fewer than two where this run copied nothing
     * @param work of both sides; none where that is not known
     * @param rejectedRows the file that has them
     */
    public static String render(
            Report report,
            Origin origin,
            List<RowSample> samples,
            List<WorkShare> work,
            Path rejectedRows) {
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
        page.section(
                "rate",
                "Rows a second",
                samples.size() < 2
                        ? p(
                                "This run was too short to measure, or an earlier one had copied"
                                        + " the rows.")
                        : Curve.ofRows(samples).content("rate-chart", "Rows a second over time"));
        if (work.isEmpty()) {
            page.section("work-section", WORK, p("Not measured: the job was seen at no work."));
        } else {
            page.section(
                    "work-section",
                    WORK,
                    p("Added up over all readers and writers, which work side by side. The side that"
                                    + " waits less is the one that the other waits for.")
                            .withClass("hint"),
                    WorkBars.of(work),
                    work(work));
        }
        return page.render(
                "Finished at " + Figures.second(report.finishedAt()) + ". All times are in UTC.");
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
