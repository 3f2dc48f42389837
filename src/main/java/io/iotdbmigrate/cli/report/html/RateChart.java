package io.iotdbmigrate.cli.report.html;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of rows a second over the time of a run. */
final class RateChart {
    private static final int LEFT = 90;
    private static final int WIDTH = 800;
    private static final int TOP = 10;
    private static final int HEIGHT = 160;
    private static final int TICKS = 4;
    private static final double NANOS = 1e9;

    private final List<Rate> rates;
    private final double seconds;
    private final double most;

    /**
     * Rows a second between two samples.
     *
     * @param from second since the run began
     */
    private record Rate(double from, double to, double rows) {}

    /**
     * @param samples at least two
     */
    RateChart(List<RowSample> samples) {
        rates = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            double from = samples.get(i - 1).at().toNanos() / NANOS;
            double to = samples.get(i).at().toNanos() / NANOS;
            long rows = samples.get(i).rows() - samples.get(i - 1).rows();
            rates.add(new Rate(from, to, Math.max(0, rows / (to - from))));
        }
        seconds = rates.get(rates.size() - 1).to();
        most = round(rates.stream().mapToDouble(Rate::rows).max().orElse(1));
    }

    DomContent content(String id) {
        Svg svg = new Svg(id, "Rows a second over time", LEFT + WIDTH + 40, TOP + HEIGHT + 30);
        StringBuilder line = new StringBuilder();
        for (Rate rate : rates) {
            line.append(line.isEmpty() ? "M" : "L")
                    .append(point(rate.from(), rate.rows()))
                    .append('L')
                    .append(point(rate.to(), rate.rows()));
        }
        String area = line + "L" + point(seconds, 0) + "L" + point(rates.get(0).from(), 0) + "Z";
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

    private String point(double second, double rows) {
        return Svg.number(LEFT + WIDTH * second / seconds)
                + " "
                + Svg.number(TOP + HEIGHT - HEIGHT * rows / most);
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
