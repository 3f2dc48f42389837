package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import java.time.Instant;
import java.util.List;

/** A run that failed, as a page: why, and what was known by then. */
public final class FailureHtml {
    private FailureHtml() {}

    /**
     * Returns the page of a run that has nothing else to show.
     *
     * @param kind of report
     * @param why one sentence at least
     * @param at when it failed
     */
    public static String render(String kind, Origin origin, List<String> why, Instant at) {
        return end(begin(kind, origin, why), at);
    }

    /** Returns a page that says at its top why; what was known by then may follow. */
    static HtmlPage begin(String kind, Origin origin, List<String> why) {
        HtmlPage page = new HtmlPage(kind, origin);
        page.headline(Mood.BAD, "failed: " + why.get(0));
        page.list("why", "And", why.subList(1, why.size()));
        return page;
    }

    static String end(HtmlPage page, Instant at) {
        return page.render("Failed at " + Figures.second(at) + ". All times are in UTC.");
    }
}
