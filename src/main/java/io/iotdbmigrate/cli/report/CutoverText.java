package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.cutover.CutoverPlan;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.model.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cutover for people. */
public final class CutoverText {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private CutoverText() {}

    /**
     * @param command that printed this plan
     */
    public static String render(CutoverPlan plan, Style style, String command) {
        List<String> lines = new ArrayList<>();
        for (CutoverPlan.Planned step : plan.steps()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%d. %-25s  %s (at most %d s)",
                            lines.size() + 1,
                            step.step().label(),
                            step.what(),
                            step.limit().toSeconds()));
        }
        lines.add("");
        for (Finding finding : plan.findings()) {
            lines.add(label(finding, style) + "  " + finding.sentence());
        }
        if (!plan.findings().isEmpty()) {
            lines.add("");
        }
        lines.add(
                plan.ready()
                        ? "ready; nothing was changed; next: "
                                + command
                                + " --rehearse, then "
                                + command
                                + " --execute"
                        : "not ready; nothing was changed");
        return String.join("\n", lines);
    }

    private static String label(Finding finding, Style style) {
        return switch (finding.severity()) {
            case OK -> style.paint(Style.Colour.GREEN, "ok     ");
            case WARNING -> style.paint(Style.Colour.YELLOW, "warning");
            case ERROR -> style.paint(Style.Colour.RED, "error  ");
        };
    }

    /**
     * @param file that has it all; null if it could not be written
     */
    public static String render(CutoverReport report, @Nullable Path file) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        if (report.state().facts().pausedAt() != null) {
            lines.add(pause(report));
        }
        report.toDo().forEach(item -> lines.add("to do: " + item));
        if (file != null) {
            lines.add("report for the change ticket: " + file);
        }
        return String.join("\n", lines);
    }

    /** Returns how it ended, in one line. */
    public static String headline(CutoverReport report) {
        return switch (report.ending()) {
            case SWITCHED -> "switched: " + report.sentence();
            case REHEARSED -> "rehearsed: " + report.sentence() + ", and everything is undone";
            case ABORTED -> "aborted: everything is undone, nothing was switched";
            case UNDONE -> "not switched, everything is undone: " + report.sentence();
            case NEEDS_PERSON -> "needs a person: " + report.sentence();
        };
    }

    private static String pause(CutoverReport report) {
        return String.format(
                Locale.ROOT,
                "writes were paused for %s s: pausing %s, position %s, draining %s, verifying %s,"
                        + " savepoint %s, switching %s",
                seconds(report.paused()),
                seconds(report.duration(StepName.PAUSE)),
                seconds(report.duration(StepName.POSITION)),
                seconds(report.duration(StepName.DRAIN)),
                seconds(report.duration(StepName.VERIFY)),
                seconds(report.duration(StepName.STOP)),
                seconds(report.duration(StepName.SWITCH)));
    }

    /** Returns what became of a step. */
    public static String word(StepState step) {
        if (step.status() == StepState.Status.WAITING) {
            return "not begun";
        }
        String word = step.status().name().toLowerCase(Locale.ROOT);
        boolean cutOff = step.status() == StepState.Status.UNDONE && step.endedAt() == null;
        if (!step.failed()) {
            return cutOff ? "not ended, " + word : word;
        }
        return step.status() == StepState.Status.BEGUN ? "failed" : "failed, " + word;
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / MILLIS_PER_SECOND);
    }
}
