package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.verify.DifferenceMap;
import io.iotdbmigrate.verify.DifferenceMap.Cell;
import io.iotdbmigrate.verify.DifferenceMap.Row;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A chart of where differences lie. A cell has three bands, each kind of difference in a place of
 * its own, so that nobody needs to tell colours apart; the more there are, the fuller the colour.
 */
final class HeatMap {
    private static final int CELLS = 720;
    private static final int RIGHT = 60;
    private static final int ROW = 16;
    private static final int BAND = 5;
    private static final int TOP = 44;
    private static final int BOTTOM = 24;
    private static final int LONGEST_LABEL = 46;
    private static final int CHARACTER = 7;
    private static final int LABEL_CHARACTER = 8;
    private static final int FIRST_WIDE = 0x1100;
    private static final int FULL = 4;
    private static final String REST = "all further devices";
    private static final List<String> KINDS = List.of("missing", "different", "extra");

    private final DifferenceMap map;
    private final double width;
    private final int labels;
    private final long most;

    HeatMap(DifferenceMap map) {
        this.map = map;
        this.width = Math.min(40, (double) CELLS / map.starts().size());
        this.labels =
                map.rows().stream().mapToInt(row -> places(label(row))).max().orElse(0)
                                * LABEL_CHARACTER
                        + 16;
        this.most =
                map.rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .mapToLong(c -> Math.max(c.missing(), Math.max(c.different(), c.extra())))
                        .max()
                        .orElse(1);
    }

    DomContent content(String id) {
        int height = TOP + map.rows().size() * ROW + BOTTOM;
        Svg svg =
                new Svg(
                        id,
                        "Where rows of " + map.table() + " differ: devices by time",
                        labels + CELLS + RIGHT,
                        height);
        legend(svg);
        svg.with(
                Svg.rect(
                        "ground",
                        labels,
                        TOP,
                        width * map.starts().size(),
                        map.rows().size() * ROW));
        for (int i = 0; i < map.rows().size(); i++) {
            row(svg, map.rows().get(i), TOP + i * ROW);
        }
        axis(svg, height - BOTTOM);
        return svg.content();
    }

    private void legend(Svg svg) {
        List<String> words = List.of("top: missing", "middle: different", "bottom: extra");
        for (int i = 0; i < KINDS.size(); i++) {
            int x = labels + i * 150;
            svg.with(Svg.rect("ground", x, 8, 20, ROW));
            svg.with(Svg.rect(KINDS.get(i), x, 8 + i * BAND, 20, BAND));
            svg.with(Svg.text("start", x + 26, 20, words.get(i)));
        }
    }

    private void row(Svg svg, Row row, int y) {
        svg.with(
                Svg.group(all(row))
                        .with(Svg.text("end", labels - 8, y + 12, label(row)).withClass("name")));
        for (Cell cell : row.cells()) {
            svg.with(cell(cell, y));
        }
    }

    private static String label(Row row) {
        String more = row.devices() > 1 ? " +" + Figures.text(row.devices() - 1) : "";
        String name = row.first().isEmpty() ? REST : row.first();
        int room = (LONGEST_LABEL - more.length()) * name.length() / places(name);
        return (name.length() <= room
                        ? name
                        : name.substring(0, room / 3)
                                + "…"
                                + name.substring(name.length() - room + room / 3 + 1))
                + more;
    }

    /** Counts places in a font whose characters are alike; those of East Asia take two. */
    private static int places(String text) {
        return text.length() + (int) text.chars().filter(c -> c >= FIRST_WIDE).count();
    }

    private static String all(Row row) {
        if (row.devices() < 2) {
            return row.first().isEmpty() ? REST : row.first();
        }
        return row.first() + " to " + row.last() + ", " + Figures.text(row.devices()) + " devices";
    }

    private ContainerTag<?> cell(Cell cell, int y) {
        ContainerTag<?> group =
                Svg.group(
                        map.starts().get(cell.slice())
                                + ": "
                                + Figures.text(cell.missing())
                                + " missing, "
                                + Figures.text(cell.different())
                                + " different, "
                                + Figures.text(cell.extra())
                                + " extra");
        long[] counts = {cell.missing(), cell.different(), cell.extra()};
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                group.with(
                        Svg.rect(
                                KINDS.get(i) + " o" + fullness(counts[i]),
                                labels + cell.slice() * width,
                                y + i * BAND,
                                Math.max(1, width - 1),
                                BAND));
            }
        }
        return group;
    }

    /** Returns one of four grades; each is several times as many as the one below. */
    private int fullness(long count) {
        double share = most == 1 ? 1 : Math.log((double) count) / Math.log((double) most);
        return Math.max(1, (int) Math.ceil(share * FULL));
    }

    private void axis(Svg svg, int y) {
        int count = map.starts().size();
        int longest =
                map.starts().stream().mapToInt(s -> label(s).length()).max().orElse(0) * CHARACTER;
        int step = (int) Math.max(1, Math.ceil((longest + 30) / width));
        for (int i = 0; i < count && i * width + longest <= CELLS + RIGHT; i += step) {
            double x = labels + i * width;
            svg.with(Svg.line("axis", x, TOP, x, y + 4));
            svg.with(Svg.text("start", x, y + 18, label(map.starts().get(i))));
        }
    }

    private String label(Instant time) {
        String text = time.toString();
        Instant first = map.starts().get(0);
        Instant end = map.starts().size() > 1 ? map.starts().get(1) : map.end();
        boolean days = Duration.between(first, end).toHours() % 24 == 0;
        if (days && text.endsWith("T00:00:00Z")) {
            return text.substring(0, text.indexOf('T'));
        }
        return text.endsWith(":00Z")
                ? text.substring(0, text.length() - ":00Z".length()).replace('T', ' ')
                : text;
    }
}
