package io.iotdbmigrate.cli.report.html;

import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of an amount over time. Where no amount is known, it has a gap. */
final class Curve {
    private static final int WIDTH = 800;
    private static final int TOP = 10;
    private static final int HEIGHT = 160;
    private static final int TICKS = 4;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1000.0;

    /** Steps that are so many seconds apart are drawn as one line: nobody could see it. */
    private static final double GAP = 1;

    private final List<Step> steps;
    private final Axis axis;
    private final double seconds;
    private final double most;

    /**
     * An amount that holds for a while.
     *
     * @param from a second
     * @param to a later one
     */
    record Step(double from, double to, double amount) {}

    /** What the seconds of a chart are called. */
    interface Axis {
        /**
         * @param whole how many seconds the chart has
         */
        String name(double second, double whole);
    }

    /**
     * Something that happened at a second.
     *
     * @param type of the line
     * @param what it was, for who points at it
     */
    record Mark(double second, String type, String what) {}

    /**
     * @param steps one at least, in order; the first ones begin at 0 or later
     */
    Curve(List<Step> steps) {
        this(steps, Curve::duration, steps.get(steps.size() - 1).to());
    }

    /**
     * @param seconds the end of the chart, at which the last step ends or later
     */
    Curve(List<Step> steps, Axis axis, double seconds) {
        this.steps = List.copyOf(steps);
        this.axis = axis;
        this.seconds = seconds;
        most = round(steps.stream().mapToDouble(Step::amount).max().orElse(1));
    }

    /**
     * Makes one of rows a second, from the first sample on.
     *
     * @param samples two at least
     */
    static Curve ofRows(List<RowSample> samples) {
        List<Step> steps = new ArrayList<>();
        Duration begin = samples.get(0).at();
        for (int i = 1; i < samples.size(); i++) {
            double from = samples.get(i - 1).at().minus(begin).toNanos() / NANOS;
            double to = samples.get(i).at().minus(begin).toNanos() / NANOS;
            long rows = samples.get(i).rows() - samples.get(i - 1).rows();
            steps.add(new Step(from, to, Math.max(0, rows / (to - from))));
        }
        return new Curve(steps);
    }

    /**
     * @param label what it shows, for who cannot see it
     */
    DomContent content(String id, String label) {
        return content(id, label, List.of());
    }

    /**
     * @param marks what happened meanwhile
     */
    DomContent content(String id, String label, List<Mark> marks) {
        Svg svg = Svg.fluid(id, label, TOP + HEIGHT + 30);
        for (int i = 0; i <= TICKS; i++) {
            double y = TOP + HEIGHT - HEIGHT * (double) i / TICKS;
            svg.with(Svg.line("axis", Svg.share(0), y, Svg.share(1), y));
            svg.with(Svg.text("end", -8, y + 4, Figures.text((long) (most * i / TICKS))));
            svg.with(
                    Svg.text(
                                    "middle",
                                    Svg.share((double) i / TICKS),
                                    TOP + HEIGHT + 20,
                                    axis.name(seconds * i / TICKS, seconds))
                            .withClass(i % 2 == 0 ? "tick" : "odd tick"));
        }
        svg.with(
                Svg.plot(TOP, WIDTH, HEIGHT)
                        .with(Svg.path("area", path(true)), Svg.path("line", path(false))));
        for (Mark mark : marks) {
            String x = Svg.share(mark.second() / seconds);
            svg.with(Svg.group(mark.what()).with(Svg.line(mark.type(), x, TOP, x, TOP + HEIGHT)));
        }
        return svg.framed();
    }

    /**
     * @param filled down to nothing
     */
    private String path(boolean filled) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean begins = i == 0 || isGap(steps.get(i - 1), step);
            boolean ends = i == steps.size() - 1 || isGap(step, steps.get(i + 1));
            if (begins) {
                path.append('M').append(filled ? point(step.from(), 0) + "L" : "");
            } else {
                path.append('L');
            }
            path.append(point(step.from(), step.amount()))
                    .append('L')
                    .append(point(step.to(), step.amount()));
            if (ends && filled) {
                path.append('L').append(point(step.to(), 0)).append('Z');
            }
        }
        return path.toString();
    }

    private static boolean isGap(Step step, Step next) {
        return next.from() - step.to() > GAP;
    }

    private double x(double second) {
        return WIDTH * second / seconds;
    }

    private String point(double second, double amount) {
        return Svg.number(x(second)) + " " + Svg.number(HEIGHT - HEIGHT * amount / most);
    }

    private static String duration(double second, double whole) {
        long rounded = Math.round(second);
        return whole < 120
                ? String.format(Locale.ROOT, "%.1f s", second)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        rounded / 3600,
                        rounded / 60 % 60,
                        rounded % 60);
    }

    /** Names seconds by the time of day, and the day where there are several. */
    static Axis from(Instant begin) {
        return (second, whole) -> {
            String at = begin.plusMillis((long) (second * MILLIS)).toString();
            String day = at.substring(5, 10);
            return whole < Duration.ofHours(1).toSeconds()
                    ? at.substring(11, 19)
                    : day + " " + at.substring(11, 16);
        };
    }

    /** Returns the next number that a scale of four parts reads well with. */
    private static double round(double value) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(4, value))) - 1)) * 4;
        return Math.ceil(Math.max(1, value) / unit) * unit;
    }
}
