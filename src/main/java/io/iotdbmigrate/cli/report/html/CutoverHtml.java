package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cli.report.CutoverText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.config.CutoverConfig.Verify;
import io.iotdbmigrate.cutover.CutoverPlan;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Verified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cutover, its rehearsal or its plan, as a page. */
public final class CutoverHtml {
    private CutoverHtml() {}

    /**
     * @param at when the plan was made
     */
    public static String render(CutoverPlan plan, Origin origin, Instant at) {
        HtmlPage page = new HtmlPage("Plan of the cutover", origin);
        page.headline(
                plan.ready() ? Mood.GOOD : Mood.BAD,
                plan.ready() ? "ready; nothing was changed" : "not ready; nothing was changed");
        page.section("findings", "Findings", CheckHtml.findings(plan.findings()));
        HtmlTable steps =
                new HtmlTable(
                        "planned-steps",
                        Column.text("step"),
                        Column.text("what it does"),
                        Column.number("at most, seconds"));
        for (CutoverPlan.Planned step : plan.steps()) {
            steps.row(
                    HtmlTable.text(step.step().label()),
                    HtmlTable.text(step.what()),
                    HtmlTable.number(step.limit().toSeconds()));
        }
        page.section("steps", "Steps", steps.content());
        return page.render("Planned at " + Figures.second(at) + ". All times are in UTC.");
    }

    public static String render(CutoverReport report, Origin origin) {
        boolean rehearsal = report.state().rehearsal();
        HtmlPage page = new HtmlPage(rehearsal ? "Rehearsal of the cutover" : "Cutover", origin);
        page.headline(mood(report), CutoverText.headline(report));
        page.list("to-do", "To do", report.toDo());
        Verified verified = report.state().facts().verified();
        page.list("not-compared", "Not compared", notCompared(verified));
        CutoverParts parts = new CutoverParts(report.state(), report.endedAt(), "");
        Map<String, String> ended = new LinkedHashMap<>();
        ended.put("ended", Figures.milli(report.endedAt()) + " by " + report.operator());
        page.section("who", "Who, where, when", parts.facts(ended));
        page.section("steps-section", "Steps", parts.steps());
        if (verified != null) {
            page.section("verification", "Verification", parts.verified(verified));
            page.list("differences", "Differences", verified.differences());
        }
        page.list("remarks", "Remarks", report.state().facts().remarks());
        return page.render(
                "Ended at " + Figures.second(report.endedAt()) + ". All times are in UTC.");
    }

    /** Says, in words, what the comparison of a cutover leaves out. */
    static List<String> notCompared(@Nullable Verified verified) {
        if (verified == null) {
            return List.of("everything: this run came to no comparison");
        }
        if (verified.mode() == Verify.NONE) {
            return List.of("everything: cutover.verify is none");
        }
        if (verified.tables().stream().anyMatch(t -> t.checksum().isEmpty())) {
            return List.of("values of tables without a checksum: only their rows were counted");
        }
        List<String> left = new ArrayList<>();
        verified.tables().stream()
                .filter(t -> t.checksumAt() != null)
                .map(
                        t ->
                                "values of "
                                        + t.name()
                                        + " that did not change since "
                                        + Figures.milli(t.checksumAt())
                                        + ": they were compared then")
                .forEach(left::add);
        if (verified.mode() == Verify.RECENT) {
            left.add(
                    "counts of tables where a row of MySQL need not be a row of IoTDB, as with"
                            + " rejected rows or without a unique key of device and time");
        }
        return left;
    }

    private static Mood mood(CutoverReport report) {
        return switch (report.ending()) {
            case SWITCHED, REHEARSED -> Mood.GOOD;
            case ABORTED, UNDONE -> Mood.ATTENTION;
            case NEEDS_PERSON -> Mood.BAD;
        };
    }
}
