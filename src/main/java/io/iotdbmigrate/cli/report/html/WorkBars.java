package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.run.backfill.WorkShare;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A chart of what both sides of a backfill did with their time. */
final class WorkBars {
    private static final int ROW = 28;

    /** A share that has room for its percentage, also on a phone. */
    private static final double ROOM = 0.1;

    private static final List<String> TYPES = List.of("one", "two", "three");
    private static final List<String> WORDS =
            List.of("working", "held by rate_limit", "waiting for the other side");

    private WorkBars() {}

    static DomContent of(List<WorkShare> sides) {
        Lanes lanes = new Lanes("work", "What both sides did with their time");
        for (int i = 0; i < TYPES.size(); i++) {
            lanes.meaning(WORDS.get(i), Svg.rect(TYPES.get(i), 0, 0, 16, 16));
        }
        for (WorkShare share : sides) {
            lanes.lane(share.side(), share.side(), bar(share));
        }
        return lanes.content();
    }

    private static ContainerTag<?> bar(WorkShare share) {
        List<Duration> times = List.of(share.working(), share.limited(), share.waiting());
        double all = Math.max(1, times.stream().mapToLong(Duration::toMillis).sum());
        ContainerTag<?> bar = Svg.lane(ROW);
        double from = 0;
        for (int i = 0; i < times.size(); i++) {
            double part = times.get(i).toMillis() / all;
            String percent = String.format(Locale.ROOT, "%.0f %%", 100 * part);
            bar.with(
                    Svg.group(share.side() + ": " + WORDS.get(i) + ", " + percent)
                            .with(
                                    Svg.rect(
                                            TYPES.get(i),
                                            Svg.share(from),
                                            2,
                                            Svg.share(part),
                                            ROW - 6)));
            if (part > ROOM) {
                bar.with(
                        Svg.text("middle", Svg.share(from + part / 2), 17, percent)
                                .withClass("inside on-" + TYPES.get(i)));
            }
            from += part;
        }
        return bar;
    }
}
