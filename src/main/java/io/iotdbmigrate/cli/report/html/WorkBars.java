package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.run.backfill.TaskWork;
import j2html.tags.DomContent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A chart of what the parts of a job did with their time. */
final class WorkBars {
    private static final int LABELS = 230;
    private static final int WIDTH = 640;
    private static final int ROW = 28;
    private static final int TOP = 34;
    private static final List<String> TYPES = List.of("one", "two", "three");
    private static final List<String> WORDS =
            List.of("busy with rows", "held by the next part", "waiting for rows");

    private WorkBars() {}

    static DomContent of(List<TaskWork> tasks) {
        Svg svg =
                new Svg(
                        "work",
                        "What the parts of the job did with their time",
                        LABELS + WIDTH + 30,
                        TOP + tasks.size() * ROW + 4);
        for (int i = 0; i < TYPES.size(); i++) {
            int x = LABELS + i * 190;
            svg.with(Svg.rect(TYPES.get(i), x, 6, 16, 16));
            svg.with(Svg.text("start", x + 22, 19, WORDS.get(i)));
        }
        for (int i = 0; i < tasks.size(); i++) {
            bar(svg, tasks.get(i), TOP + i * ROW);
        }
        return svg.content();
    }

    private static void bar(Svg svg, TaskWork task, int y) {
        List<Duration> times = List.of(task.busy(), task.held(), task.idle());
        double all = Math.max(1, times.stream().mapToLong(Duration::toMillis).sum());
        svg.with(Svg.text("end", LABELS - 8, y + 17, task.name()));
        double x = LABELS;
        for (int i = 0; i < times.size(); i++) {
            double share = times.get(i).toMillis() / all;
            double width = WIDTH * share;
            String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
            svg.with(
                    Svg.group(task.name() + ": " + WORDS.get(i) + ", " + percent)
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
