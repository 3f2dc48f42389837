package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.StepState.Status;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A chart of a cutover's steps: a bar for each from its begin to its end, and the write pause. */
final class StepBars {
    private static final int ROW = 22;
    private static final int TICKS = 4;

    private final CutoverState state;
    private final Instant from;
    private final Instant to;

    /**
     * @param to of what is shown; later than {@code from}
     */
    StepBars(CutoverState state, Instant from, Instant to) {
        this.state = state;
        this.from = from;
        this.to = to;
    }

    DomContent content(String id) {
        Lanes lanes = new Lanes(id, "The steps of the cutover in time");
        steps().stream()
                .map(StepState::status)
                .map(StepBars::meaning)
                .distinct()
                .forEach(m -> lanes.meaning(m.words(), Svg.rect(m.type(), 0, 0, 16, 16)));
        if (state.facts().pausedAt() != null) {
            lanes.meaning("writes paused", Svg.rect("pause", 0, 0, 16, 16));
        }
        for (StepState step : steps()) {
            lanes.lane(step.name().label(), step.name().label(), bar(step));
        }
        return lanes.lane("", "", axis()).content();
    }

    private List<StepState> steps() {
        return state.steps().stream()
                .filter(s -> s.startedAt() != null && s.startedAt().isBefore(to))
                .filter(s -> s.endedAt() == null || !s.endedAt().isBefore(from))
                .toList();
    }

    /** What became of a step, and the colour for it. */
    private record Meaning(String type, String words) {}

    private static Meaning meaning(Status status) {
        return switch (status) {
            case DONE -> new Meaning("one", "done");
            case UNDONE -> new Meaning("three", "undone");
            default -> new Meaning("two", "not ended");
        };
    }

    private ContainerTag<?> bar(StepState step) {
        Instant begun = step.startedAt() == null ? from : step.startedAt();
        Instant ended = step.endedAt() == null ? to : step.endedAt();
        double left = share(begun);
        double width = Math.max(0.003, share(ended) - left);
        String seconds = Figures.seconds(Duration.between(begun, ended));
        ContainerTag<?> lane = Svg.lane(ROW);
        pause(lane);
        lane.with(
                Svg.group(step.name().label() + ": " + seconds)
                        .with(
                                Svg.rect(
                                        meaning(step.status()).type(),
                                        Svg.share(left),
                                        3,
                                        Svg.share(width),
                                        ROW - 6)));
        return lane.with(Svg.text("start", Svg.share(left + width), 15, seconds).attr("dx", "5"));
    }

    private void pause(ContainerTag<?> lane) {
        Instant paused = state.facts().pausedAt();
        if (paused != null) {
            Instant resumed = state.facts().resumedAt();
            double left = share(paused);
            double width = Math.max(0.002, share(resumed == null ? to : resumed) - left);
            lane.with(
                    Svg.group("writes were paused")
                            .with(Svg.rect("pause", Svg.share(left), 0, Svg.share(width), ROW)));
        }
    }

    private ContainerTag<?> axis() {
        ContainerTag<?> axis = Svg.lane(ROW + 4);
        axis.with(Svg.line("axis", Svg.share(0), 0.5, Svg.share(1), 0.5));
        Duration all = Duration.between(from, to);
        for (int i = 0; i <= TICKS; i++) {
            String x = Svg.share((double) i / TICKS);
            axis.with(Svg.line("axis", x, 0, x, 5));
            axis.with(
                    Svg.text(
                                    i == 0 ? "start" : "middle",
                                    x,
                                    20,
                                    "+" + Figures.seconds(all.multipliedBy(i).dividedBy(TICKS)))
                            .withClass(i % 2 == 0 ? "tick" : "odd tick"));
        }
        return axis;
    }

    private double share(Instant at) {
        double share =
                (double) Duration.between(from, at).toMillis()
                        / Math.max(1, Duration.between(from, to).toMillis());
        return Math.max(0, Math.min(1, share));
    }
}
