package io.iotdbmigrate.cli.terminal;

import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.CutoverState.Phase;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line per step of a cutover, and one for the pause. */
public final class ChecklistLines {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private ChecklistLines() {}

    public static List<String> of(CutoverState state, Instant now) {
        List<String> lines = new ArrayList<>();
        for (StepState step : state.steps()) {
            lines.add(line(step, now));
        }
        Facts facts = state.facts();
        if (facts.pausedAt() != null && state.phase() != Phase.SWITCHED) {
            lines.add(
                    (facts.resumedAt() == null
                                    ? "writes are paused for "
                                    : "writes were paused for ")
                            + seconds(facts.paused(now)));
        }
        return lines;
    }

    /** Returns the line of one step. */
    public static String line(StepState step, Instant now) {
        String time = step.startedAt() == null ? "" : seconds(step.duration(now));
        return String.format(
                        Locale.ROOT,
                        "%s %-25s %8s  %s",
                        mark(step),
                        step.name().label(),
                        time,
                        step.detail())
                .stripTrailing();
    }

    private static String mark(StepState step) {
        return switch (step.status()) {
            case WAITING -> "[ ]";
            case BEGUN -> step.endedAt() == null ? "[>]" : "[!]";
            case DONE -> "[x]";
            case UNDOING -> "[<]";
            case UNDONE -> "[-]";
        };
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
    }
}
