package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.StepState;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A chart of a cutover's steps: a bar for each from its begin to its end, and the write pause. */
final class StepBars {
    private static final int LABELS = 190;
    private static final int WIDTH = 640;
    private static final int SECONDS = 80;
    private static final int ROW = 22;
    private static final int TOP = 26;
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
        List<StepState> steps =
                state.steps().stream()
                        .filter(s -> s.startedAt() != null && s.startedAt().isBefore(to))
                        .filter(s -> s.endedAt() == null || !s.endedAt().isBefore(from))
                        .toList();
        int bottom = TOP + steps.size() * ROW;
        Svg svg =
                new Svg(
                        id,
                        "The steps of the cutover in time",
                        LABELS + WIDTH + SECONDS,
                        bottom + 26);
        pause(svg, bottom);
        for (int i = 0; i < steps.size(); i++) {
            step(svg, steps.get(i), TOP + i * ROW);
        }
        axis(svg, bottom);
        return svg.content();
    }

    private void pause(Svg svg, int bottom) {
        Instant paused = state.facts().pausedAt();
        if (paused == null) {
            return;
        }
        Instant resumed = state.facts().resumedAt();
        double left = x(paused);
        double right = x(resumed == null ? to : resumed);
        svg.with(
                Svg.group("writes were paused")
                        .with(Svg.rect("pause", left, 4, Math.max(1, right - left), bottom - 4)));
        boolean roomAtRight = left < LABELS + WIDTH * 0.75;
        svg.with(
                Svg.text(
                        roomAtRight ? "start" : "end",
                        roomAtRight ? left + 4 : left - 4,
                        17,
                        "writes paused"));
    }

    private void step(Svg svg, StepState step, int y) {
        Instant begun = step.startedAt() == null ? from : step.startedAt();
        Instant ended = step.endedAt() == null ? to : step.endedAt();
        double left = x(begun);
        double width = Math.max(2, x(ended) - left);
        String seconds = Figures.seconds(Duration.between(begun, ended));
        boolean whole = step.status() == StepState.Status.DONE;
        svg.with(Svg.text("end", LABELS - 8, y + 15, step.name().label()));
        svg.with(
                Svg.group(step.name().label() + ": " + seconds)
                        .with(Svg.rect(whole ? "one" : "two", left, y + 3, width, ROW - 6)));
        svg.with(Svg.text("start", left + width + 5, y + 15, seconds));
    }

    private void axis(Svg svg, int y) {
        svg.with(Svg.line("axis", LABELS, y, LABELS + WIDTH, y));
        Duration all = Duration.between(from, to);
        for (int i = 0; i <= TICKS; i++) {
            double x = LABELS + WIDTH * (double) i / TICKS;
            svg.with(Svg.line("axis", x, y, x, y + 5));
            svg.with(
                    Svg.text(
                            "middle",
                            x,
                            y + 20,
                            "+" + Figures.seconds(all.multipliedBy(i).dividedBy(TICKS))));
        }
    }

    private double x(Instant at) {
        double share =
                (double) Duration.between(from, at).toMillis()
                        / Math.max(1, Duration.between(from, to).toMillis());
        return LABELS + WIDTH * Math.max(0, Math.min(1, share));
    }
}
