package io.iotdbmigrate.cli.report.html;

import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcCourse.Stretch;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The course of a replication over the last days. */
final class CourseHtml {
    /** So many steps a chart has at most: two dots of a screen for each. */
    private static final int STEPS = 400;

    /** So many marks of a kind at most. */
    private static final int MARKS = 100;

    private static final double MILLIS = 1000.0;
    private static final String STARTED = "started by a command";

    private final List<Stretch> stretches;
    private final Instant begin;
    private final Instant end;

    /** Something that happened to the job; of a failure, why. */
    private record Turn(Instant at, boolean failure, String what) {}

    /**
     * @param stretches one at least, oldest first
     */
    CourseHtml(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
        begin = stretches.get(0).since();
        end = stretches.get(stretches.size() - 1).at();
    }

    void addTo(HtmlPage page) {
        page.section(
                "course",
                "Lag and rate of the replication",
                p().with(
                                Words.of(
                                        "From "
                                                + second(begin)
                                                + " to "
                                                + second(end)
                                                + ". The job notes this about once a minute, and "
                                                + CdcCourse.KEPT.toDays()
                                                + " days are kept. An event of the binlog has one changed row or"
                                                + " many. Where a chart is empty, no job ran, or nothing became"
                                                + " durable in IoTDB. A solid line from top to bottom is a"
                                                + " start by a command, a dashed one a failure after which the job"
                                                + " was restarted."))
                        .withClass("hint"),
                h3("Lag: events of the binlog that are not in IoTDB"),
                lagEvents(),
                h3("Lag: seconds until a change is in IoTDB, the longest wait"),
                chart("lag-seconds", "Seconds of lag over time", s -> s.lagMillis() / MILLIS),
                h3("Changed rows a second"),
                chart("events-rate", "Changed rows a second over time", CourseHtml::rate),
                h3("Starts and restarts"),
                turns(),
                h3("Days"),
                days());
    }

    private DomContent lagEvents() {
        List<Stretch> known = stretches.stream().filter(s -> s.lagEvents() != null).toList();
        return known.isEmpty()
                ? p("MySQL did not say.")
                : curve(known, s -> Objects.requireNonNullElse(s.lagEvents(), 0L))
                        .content("lag-events", "Row events of lag over time", marks());
    }

    private DomContent chart(String id, String label, ToDoubleFunction<Stretch> amount) {
        return curve(stretches, amount).content(id, label, marks());
    }

    private static double rate(Stretch stretch) {
        return stretch.events() * MILLIS / Math.max(1, stretch.millis());
    }

    /** Draws the largest amount of stretches that are next to each other on the screen. */
    private Curve curve(List<Stretch> of, ToDoubleFunction<Stretch> amount) {
        double width = Math.max(seconds(end) / STEPS, 1 / MILLIS);
        List<Curve.Step> steps = new ArrayList<>();
        long last = -1;
        for (Stretch stretch : of) {
            double from = seconds(stretch.since());
            long place = (long) (from / width);
            double value = amount.applyAsDouble(stretch);
            if (place == last) {
                Curve.Step before = steps.remove(steps.size() - 1);
                from = before.from();
                value = Math.max(value, before.amount());
            }
            steps.add(new Curve.Step(from, seconds(stretch.at()), value));
            last = place;
        }
        return new Curve(steps, Curve.from(begin), seconds(end));
    }

    private double seconds(Instant at) {
        return Duration.between(begin, at).toMillis() / MILLIS;
    }

    private List<Turn> all() {
        return Stream.concat(
                        stretches.stream()
                                .filter(Stretch::begun)
                                .map(s -> new Turn(s.since(), false, STARTED)),
                        CdcCourse.failures(stretches).stream()
                                .map(f -> new Turn(f.at(), true, f.reason())))
                .sorted(Comparator.comparing(Turn::at))
                .toList();
    }

    /** Returns the marks to draw: of those that nobody could tell apart, the first one. */
    private List<Curve.Mark> marks() {
        List<Curve.Mark> marks = new ArrayList<>();
        Map<String, Double> free = new HashMap<>();
        for (Turn turn : all()) {
            double at = seconds(turn.at());
            String type = turn.failure() ? "failure" : "start";
            if (at >= free.getOrDefault(type, 0.0) && at <= seconds(end)) {
                marks.add(new Curve.Mark(at, type, second(turn.at()) + ": " + turn.what()));
                free.put(type, at + seconds(end) / MARKS);
            }
        }
        return marks;
    }

    /** Shows those of one kind that follow each other as one row. */
    private DomContent turns() {
        HtmlTable table =
                new HtmlTable(
                        "turns",
                        Column.text("first at"),
                        Column.text("what happened"),
                        Column.number("times"),
                        Column.text("last at"));
        List<Turn> all = all();
        for (int i = 0; i < all.size(); ) {
            int next = i + 1;
            while (next < all.size() && all.get(next).what().equals(all.get(i).what())) {
                next++;
            }
            table.row(
                    HtmlTable.time(second(all.get(i).at())),
                    HtmlTable.sentence(
                            (all.get(i).failure() ? "restarted: " : "") + all.get(i).what()),
                    HtmlTable.number(next - i),
                    HtmlTable.time(second(all.get(next - 1).at())));
            i = next;
        }
        return table.isEmpty() ? p("None in this time.") : table.newest().content();
    }

    private DomContent days() {
        HtmlTable table =
                new HtmlTable(
                        "course-days",
                        Column.text("day"),
                        Column.number("minutes noted"),
                        Column.number("changed rows"),
                        Column.number("most in a second"),
                        Column.number("most events of lag"),
                        Column.number("longest wait, s"),
                        Column.number("restarts"));
        Map<String, Long> failures =
                CdcCourse.failures(stretches).stream()
                        .collect(Collectors.groupingBy(f -> day(f.at()), Collectors.counting()));
        Map<String, List<Stretch>> days =
                stretches.stream()
                        .collect(
                                Collectors.groupingBy(
                                        s -> day(s.at()), TreeMap::new, Collectors.toList()));
        days.forEach(
                (day, of) ->
                        table.row(
                                HtmlTable.day(day),
                                HtmlTable.number(sum(of, Stretch::millis) / 60_000),
                                HtmlTable.number(sum(of, Stretch::events)),
                                HtmlTable.number(Math.round(most(of, CourseHtml::rate))),
                                HtmlTable.number(
                                        (long)
                                                most(
                                                        of,
                                                        s ->
                                                                Objects.requireNonNullElse(
                                                                        s.lagEvents(), 0L))),
                                HtmlTable.number(Math.round(most(of, Stretch::lagMillis) / MILLIS)),
                                HtmlTable.number(failures.getOrDefault(day, 0L))));
        return table.content();
    }

    private static long sum(List<Stretch> of, ToLongFunction<Stretch> amount) {
        return of.stream().mapToLong(amount).sum();
    }

    private static double most(List<Stretch> of, ToDoubleFunction<Stretch> amount) {
        return of.stream().mapToDouble(amount).max().orElse(0);
    }

    private static String day(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
