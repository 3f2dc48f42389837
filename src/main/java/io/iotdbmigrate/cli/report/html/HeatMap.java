package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.verify.DifferenceMap;
import io.iotdbmigrate.verify.DifferenceMap.Cell;
import io.iotdbmigrate.verify.DifferenceMap.Row;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chart of where differences lie. A cell has three bands, each kind of difference in a place of
 * its own, so that nobody needs to tell colours apart; the more there are, the fuller the colour.
 */
final class HeatMap {
    private static final int ROW = 16;
    private static final int BAND = 5;

    /** So wide is a slice, in the units of a lane, and so wide the gap in a full map. */
    private static final int SLICE = 10;

    private static final int MOST_SLICES = 48;

    /** So many spans between ticks have room for days, and so many for times. */
    private static final int DAYS = 4;

    private static final int TIMES = 2;
    private static final int LONGEST_DAY = 10;

    /** So many characters of a time there is room for at each tick. */
    private static final int LONG_TICK = 20;

    private static final int LONGEST_LABEL = 46;
    private static final int FIRST_WIDE = 0x1100;
    private static final int FULL = 4;
    private static final String REST = "all further devices";
    private static final List<String> KINDS = List.of("missing", "different", "extra");
    private static final List<String> PLACES =
            List.of("top: missing", "middle: different", "bottom: extra");

    private final DifferenceMap map;
    private final long most;

    HeatMap(DifferenceMap map) {
        this.map = map;
        this.most =
                map.rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .mapToLong(c -> Math.max(c.missing(), Math.max(c.different(), c.extra())))
                        .max()
                        .orElse(1);
    }

    DomContent content(String id) {
        Lanes lanes = new Lanes(id, "Where rows of " + map.table() + " differ: devices by time");
        for (int i = 0; i < KINDS.size(); i++) {
            lanes.meaning(
                    PLACES.get(i),
                    Svg.rect("ground", 0, 0, ROW, ROW),
                    Svg.rect(KINDS.get(i), 0, i * BAND, ROW, BAND));
        }
        for (Row row : map.rows()) {
            lanes.lane(label(row), all(row), lane(row));
        }
        return lanes.lane("", "", axis()).content();
    }

    private ContainerTag<?> lane(Row row) {
        int width = SLICE * map.starts().size();
        ContainerTag<?> lane = Svg.stretched(width, ROW).withClass("plot");
        lane.with(Svg.rect("ground", 0, 0, width, ROW));
        row.cells().forEach(cell -> lane.with(cell(cell)));
        return lane;
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

    private ContainerTag<?> cell(Cell cell) {
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
                                SLICE * cell.slice(),
                                i * BAND,
                                SLICE - (double) map.starts().size() / MOST_SLICES,
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

    /** Returns the times at some borders of slices; a phone has room for half of them. */
    private ContainerTag<?> axis() {
        int count = map.starts().size();
        List<Integer> borders = borders(count);
        boolean isLong = isLong(count);
        ContainerTag<?> axis = Svg.lane(ROW + BAND);
        for (int i = 0; i < borders.size(); i++) {
            boolean atEnd = i == 0 || borders.get(i) == count;
            String x = Svg.share((double) borders.get(i) / count);
            String outer = i == 0 ? "start" : isLong ? "end" : "middle";
            axis.with(Svg.line("axis", x, 0, x, 4));
            axis.with(
                    Svg.text(atEnd ? outer : "middle", x, ROW + 1, label(border(borders.get(i))))
                            .withClass(i % 2 == 1 && !atEnd ? "odd tick" : "tick"));
        }
        return axis;
    }

    /**
     * Returns borders that are all as far from each other, and as far as their times need; the last
     * one is the end if that is possible.
     */
    private List<Integer> borders(int count) {
        boolean days =
                IntStream.rangeClosed(0, count)
                        .allMatch(b -> label(border(b)).length() <= LONGEST_DAY);
        int most = isLong(count) ? 1 : days ? DAYS : TIMES;
        int spans =
                IntStream.iterate(most, s -> s > 1, s -> s - 1)
                        .filter(s -> count % s == 0)
                        .findFirst()
                        .orElse(days ? most : 1);
        int step = (count + spans - 1) / spans;
        return IntStream.iterate(0, b -> b <= count, b -> b + step).boxed().toList();
    }

    private boolean isLong(int count) {
        return IntStream.rangeClosed(0, count).anyMatch(b -> label(border(b)).length() > LONG_TICK);
    }

    private Instant border(int slice) {
        return slice < map.starts().size() ? map.starts().get(slice) : map.end();
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
