package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.run.backfill.WorkShare;
import j2html.tags.DomContent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A chart of what both sides of a backfill did with their time. */
final class WorkBars {
    private static final int LABELS = 130;
    private static final int WIDTH = 640;
    private static final int ROW = 28;
    private static final int TOP = 34;
    private static final List<String> TYPES = List.of("one", "two", "three");
    private static final List<String> WORDS =
            List.of("working", "held by rate_limit", "waiting for the other side");

    private WorkBars() {}

    static DomContent of(List<WorkShare> sides) {
        Svg svg =
                new Svg(
                        "work",
                        "What both sides did with their time",
                        LABELS + WIDTH + 30,
                        TOP + sides.size() * ROW + 4);
        for (int i = 0; i < TYPES.size(); i++) {
            int x = LABELS + i * 190;
            svg.with(Svg.rect(TYPES.get(i), x, 6, 16, 16));
            svg.with(Svg.text("start", x + 22, 19, WORDS.get(i)));
        }
        for (int i = 0; i < sides.size(); i++) {
            bar(svg, sides.get(i), TOP + i * ROW);
        }
        return svg.content();
    }

    private static void bar(Svg svg, WorkShare share, int y) {
        List<Duration> times = List.of(share.working(), share.limited(), share.waiting());
        double all = Math.max(1, times.stream().mapToLong(Duration::toMillis).sum());
        svg.with(Svg.text("end", LABELS - 8, y + 17, share.side()));
        double x = LABELS;
        for (int i = 0; i < times.size(); i++) {
            double part = times.get(i).toMillis() / all;
            double width = WIDTH * part;
            String percent = String.format(Locale.ROOT, "%.0f %%", 100 * part);
            svg.with(
                    Svg.group(share.side() + ": " + WORDS.get(i) + ", " + percent)
                            .with(Svg.rect(TYPES.get(i), x, y + 2, width, ROW - 6)));
            if (width > 40) {
                svg.with(
                        Svg.text("middle", x + width / 2, y + 17, percent)
                                .withClass("inside on-" + TYPES.get(i)));
            }
            x += width;
        }
    }
}
