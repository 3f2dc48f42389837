package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a backfill ended, for people. */
public final class BackfillText {
    private BackfillText() {}

    /**
     * @param plan of the same run
     * @param rejectedRows the file that has them
     * @param next the command line that follows
     */
    public static String finished(
            Report report, BackfillPlan plan, Path rejectedRows, String next) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(counts(report));
        lines.add("");
        lines.add(position(report));
        if (report.rejected() > 0) {
            lines.add(rejected(report, rejectedRows));
        }
        lines.add("next: " + next);
        plan.tables().stream()
                .findFirst()
                .ifPresent(
                        t ->
                                lines.add(
                                        "to look at it in IoTDB, for example: SELECT * FROM "
                                                + t.deviceTemplate()
                                                + " LIMIT 3 ALIGN BY DEVICE"));
        return String.join("\n", lines);
    }

    /** Tells the result in one line. */
    public static String headline(Report report) {
        return String.format(
                Locale.ROOT,
                "backfill finished: %,d rows in %.1f s, %,d rows/s",
                report.rows(),
                Json.seconds(report.duration()),
                rowsPerSecond(report));
    }

    /** Says where rows are that were rejected, of which there is one at least. */
    public static String rejected(Report report, Path rejectedRows) {
        return number(report.rejected())
                + (report.rejected() == 1 ? " row was" : " rows were")
                + " rejected; each one's key, column, value and reason: "
                + rejectedRows;
    }

    public static String alreadyFinished(Report report, String command) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "nothing to do: these tables were copied before, finished at "
                        + report.finishedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("");
        lines.addAll(counts(report));
        lines.add("");
        lines.add(position(report));
        lines.add("to erase them in IoTDB and copy them anew: " + command + " --restart");
        return String.join("\n", lines);
    }

    public static String stopped(BackfillOutcome.Stopped stopped, String command) {
        return stopped.resumable()
                ? "stopped; to go on from here, run it again: " + command
                : "stopped before anything was kept; to begin again: " + command;
    }

    public static String detached(BackfillOutcome.Detached detached, String command) {
        return "the backfill runs as job "
                + detached.job()
                + " on the Flink cluster at "
                + detached.cluster()
                + "\nto follow it, to stop it with Ctrl-C, or to see its report: "
                + command;
    }

    /** Returns rows a second, 0 if it took no time that could be measured. */
    static long rowsPerSecond(Report report) {
        double seconds = Json.seconds(report.duration());
        return seconds == 0 ? 0 : Math.round(report.rows() / seconds);
    }

    private static List<String> counts(Report report) {
        TextTable table =
                new TextTable(
                        Column.text("table"),
                        Column.number("rows read"),
                        Column.number("points written"),
                        Column.number("devices"),
                        Column.number("collapsed"),
                        Column.number("rejected"),
                        Column.number("empty rows"),
                        Column.number("zero dates"));
        for (BackfillOutcome.Table t : report.tables()) {
            table.row(
                    t.name(),
                    number(t.rows()),
                    number(t.points()),
                    number(t.devices()),
                    number(t.collapsed()),
                    number(t.rejected()),
                    number(t.empty()),
                    number(t.zeroDates()));
        }
        return table.lines();
    }

    /** Says from where on changes can be followed. */
    public static String position(Report report) {
        return report.position() == null
                ? "MySQL writes no binlog, so changes since then cannot be replicated from here"
                : "IoTDB holds the history as of binlog position "
                        + report.position()
                        + ", which its journal keeps for replication";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
