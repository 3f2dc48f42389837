package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.StatusText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.run.status.MigrationStatus;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How a migration stands, as a page that is live while a command watches. */
public final class StatusHtml {
    private static final double MILLIS = 1000.0;

    private StatusHtml() {}

    /**
     * Returns the whole page.
     *
     * @param part see {@link #part} and {@link #waiting}
     */
    public static String page(Origin origin, String part) {
        return HtmlPage.live(
                "Status of " + origin.migration(),
                part,
                "As it was when the page was loaded. All times are in UTC.");
    }

    /**
     * Returns the changing part before anything is known.
     *
     * @param why in words
     */
    public static String waiting(Origin origin, String why) {
        return new HtmlPage("Status", origin).headline(Mood.ATTENTION, why).part();
    }

    /**
     * Returns the changing part.
     *
     * @param samples oldest first, of this status the last
     * @param seen when the status was
     * @param trouble why there is no newer one; null if this is of now
     */
    public static String part(
            MigrationStatus status,
            List<StatusSample> samples,
            Origin origin,
            Instant seen,
            @Nullable String trouble) {
        List<DomContent> figures = new ArrayList<>();
        StatusText.figures(status, seen)
                .forEach(
                        (name, value) -> {
                            figures.add(dt(name));
                            figures.add(dd().with(Words.of(value)));
                        });
        return new HtmlPage("Status", origin)
                .headline(
                        mood(status, trouble),
                        trouble == null ? StatusText.headline(status) : trouble)
                .section(
                        "status",
                        (trouble == null ? "At " : "Last seen, at ")
                                + seen.truncatedTo(ChronoUnit.SECONDS),
                        dl().with(figures))
                .section("lag", "Lag: events of the binlog that are not in IoTDB yet", lag(samples))
                .section(
                        "rate",
                        "Changed rows a second",
                        curve(
                                "rate-chart",
                                "Changed rows a second over time",
                                samples,
                                s -> s.rate()))
                .part();
    }

    private static Mood mood(MigrationStatus status, @Nullable String trouble) {
        if (trouble != null) {
            return Mood.BAD;
        }
        boolean switched = status.job().isEmpty() && status.switchedAt().isPresent();
        return status.follows() || switched ? Mood.GOOD : Mood.ATTENTION;
    }

    private static DomContent lag(List<StatusSample> samples) {
        return samples.stream().anyMatch(s -> s.lag() < 0)
                ? p("It is not known all the time, so nothing is drawn.")
                : curve("lag-chart", "Events behind over time", samples, s -> s.lag());
    }

    private static DomContent curve(
            String id,
            String label,
            List<StatusSample> samples,
            ToLongFunction<StatusSample> amount) {
        if (samples.size() == 1) {
            return p("There is one look so far.");
        }
        Instant begin = samples.get(0).at();
        List<Curve.Step> steps = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).resumed()) {
                continue;
            }
            steps.add(
                    new Curve.Step(
                            Duration.between(begin, samples.get(i - 1).at()).toMillis() / MILLIS,
                            Duration.between(begin, samples.get(i).at()).toMillis() / MILLIS,
                            amount.applyAsLong(samples.get(i))));
        }
        return steps.isEmpty()
                ? p("A server was away between the looks.")
                : new Curve(steps).content(id, label);
    }
}
