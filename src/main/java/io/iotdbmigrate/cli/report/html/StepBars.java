package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.StepState.Status;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A chart of a cutover's steps: a bar for each from its begin to its end, one for undoing, and the
 * write pause. What became of a step is told by the bar's colour, and by a word where that is not
 * the usual.
 */
final class StepBars {
    private static final int ROW = 22;
    private static final int TICKS = 4;
    private static final int SWATCH = 16;

    private final CutoverState state;
    private final Instant from;
    private final Instant to;
    private final Instant end;

    /**
     * @param to of what is shown; later than {@code from}
     * @param end when it ended, or when it was last heard of
     */
    StepBars(CutoverState state, Instant from, Instant to, Instant end) {
        this.state = state;
        this.from = from;
        this.to = to;
        this.end = end;
    }

    DomContent content(String id) {
        Lanes lanes = new Lanes(id, "The steps of the cutover in time");
        steps().stream()
                .map(StepBars::meaning)
                .distinct()
                .forEach(m -> lanes.meaning(m.words(), swatch(m)));
        Instant undoing = state.undoingAt();
        boolean undone = undoing != null && undoing.isBefore(to);
        if (undone) {
            lanes.meaning(UNDOING.words(), swatch(UNDOING));
        }
        if (state.facts().pausedAt() != null) {
            lanes.meaning("writes paused", Svg.rect("pause", 0, 0, 16, 16));
        }
        for (StepState step : steps()) {
            lanes.lane(step.name().label(), step.name().label(), bar(step));
        }
        if (undone) {
            lanes.lane("undoing", "undoing", bar("undoing", UNDOING, undoing, end));
        }
        return lanes.lane("", "", axis()).content();
    }

    private List<StepState> steps() {
        return state.steps().stream()
                .filter(s -> s.startedAt() != null && s.startedAt().isBefore(to))
                .filter(s -> s.endedAt() == null || !s.endedAt().isBefore(from))
                .toList();
    }

    /**
     * What became of a step, and the colour for it.
     *
     * @param beside what stands beside the bar, empty for what is usual
     * @param margin above and below the bar, in a lane: no two unusual ones look alike in grey
     */
    private record Meaning(String type, String words, String beside, int margin) {}

    private static final Meaning UNDOING = new Meaning("undoing", "undoing", "", 7);

    private static Meaning meaning(StepState step) {
        if (step.failed()) {
            return new Meaning("bad", "failed", ", failed", 0);
        }
        if (step.endedAt() == null) {
            return new Meaning("two", "not ended", ", not ended", 3);
        }
        return step.status() == Status.DONE
                ? new Meaning("one", "done", "", 3)
                : new Meaning("three", "done, then undone", "", 3);
    }

    /** Returns a drawing of a bar as it is in a lane, for the legend. */
    private static ContainerTag<?> swatch(Meaning meaning) {
        int margin = meaning.margin() * SWATCH / ROW;
        return Svg.rect(meaning.type(), 0, margin, SWATCH, SWATCH - 2 * margin);
    }

    private ContainerTag<?> bar(StepState step) {
        Instant begun = step.startedAt() == null ? from : step.startedAt();
        Instant ended = begun.plus(state.duration(step, end));
        return bar(step.name().label(), meaning(step), begun, ended);
    }

    private ContainerTag<?> bar(String name, Meaning meaning, Instant begun, Instant ended) {
        double left = share(begun);
        double width = Math.max(0.003, share(ended) - left);
        String seconds = Figures.seconds(Duration.between(begun, ended)) + meaning.beside();
        ContainerTag<?> lane = Svg.lane(ROW);
        pause(lane);
        lane.with(
                Svg.group(name + ": " + seconds)
                        .with(
                                Svg.rect(
                                        meaning.type(),
                                        Svg.share(left),
                                        meaning.margin(),
                                        Svg.share(width),
                                        ROW - 2 * meaning.margin())));
        boolean late = left + width > 0.85 && !meaning.beside().isEmpty() && left > 0.2;
        return late
                ? lane.with(Svg.text("end", Svg.share(left), 15, seconds).attr("dx", "-5"))
                : lane.with(
                        Svg.text("start", Svg.share(left + width), 15, seconds).attr("dx", "5"));
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
