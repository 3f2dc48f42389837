package io.iotdbmigrate.cli.report.html;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of an amount over time. */
final class Curve {
    private static final int LEFT = 90;
    private static final int WIDTH = 800;
    private static final int TOP = 10;
    private static final int HEIGHT = 160;
    private static final int TICKS = 4;
    private static final double NANOS = 1e9;

    private final List<Step> steps;
    private final double seconds;
    private final double most;

    /**
     * An amount that holds for a while.
     *
     * @param from a second
     * @param to a later one
     */
    record Step(double from, double to, double amount) {}

    /**
     * @param steps one at least; the first ones begin at 0 or later
     */
    Curve(List<Step> steps) {
        this.steps = List.copyOf(steps);
        seconds = steps.get(steps.size() - 1).to();
        most = round(steps.stream().mapToDouble(Step::amount).max().orElse(1));
    }

    /**
     * Makes one of rows a second.
     *
     * @param samples two at least
     */
    static Curve ofRows(List<RowSample> samples) {
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            double from = samples.get(i - 1).at().toNanos() / NANOS;
            double to = samples.get(i).at().toNanos() / NANOS;
            long rows = samples.get(i).rows() - samples.get(i - 1).rows();
            steps.add(new Step(from, to, Math.max(0, rows / (to - from))));
        }
        return new Curve(steps);
    }

    /**
     * @param label what it shows, for who cannot see it
     */
    DomContent content(String id, String label) {
        Svg svg = new Svg(id, label, LEFT + WIDTH + 40, TOP + HEIGHT + 30);
        StringBuilder line = new StringBuilder();
        for (Step step : steps) {
            line.append(line.isEmpty() ? "M" : "L")
                    .append(point(step.from(), step.amount()))
                    .append('L')
                    .append(point(step.to(), step.amount()));
        }
        String area = line + "L" + point(seconds, 0) + "L" + point(steps.get(0).from(), 0) + "Z";
        svg.with(Svg.path("area", area));
        for (int i = 0; i <= TICKS; i++) {
            double y = TOP + HEIGHT - HEIGHT * (double) i / TICKS;
            svg.with(Svg.line("axis", LEFT, y, LEFT + WIDTH, y));
            svg.with(Svg.text("end", LEFT - 8, y + 4, Figures.text((long) (most * i / TICKS))));
            double x = LEFT + WIDTH * (double) i / TICKS;
            svg.with(Svg.text("middle", x, TOP + HEIGHT + 20, time(seconds * i / TICKS)));
        }
        return svg.with(Svg.path("line", line.toString())).content();
    }

    private String point(double second, double amount) {
        return Svg.number(LEFT + WIDTH * second / seconds)
                + " "
                + Svg.number(TOP + HEIGHT - HEIGHT * amount / most);
    }

    private String time(double second) {
        long whole = Math.round(second);
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", second)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Returns the next number that a scale of four parts reads well with. */
    private static double round(double value) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(4, value))) - 1)) * 4;
        return Math.ceil(Math.max(1, value) / unit) * unit;
    }
}
