package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Report;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a backfill ended, for people. */
public final class BackfillText {
    /** What is shown of each table, on pages too. */
    public static final List<Figure<BackfillOutcome.Table>> FIGURES =
            List.of(
                    new Figure<>("rows read", BackfillOutcome.Table::rows),
                    new Figure<>("points written", BackfillOutcome.Table::points),
                    new Figure<>("devices", BackfillOutcome.Table::devices),
                    new Figure<>("collapsed", BackfillOutcome.Table::collapsed),
                    new Figure<>("rejected", BackfillOutcome.Table::rejected),
                    new Figure<>("empty rows", BackfillOutcome.Table::empty),
                    new Figure<>("zero dates", BackfillOutcome.Table::zeroDates));

    private static final int MOST_NAMED = 5;

    private static final MappingRows<BackfillOutcome.Table> ROWS =
            new MappingRows<>(
                    BackfillOutcome.Table::name,
                    BackfillOutcome.Table::mapping,
                    table -> 1,
                    BackfillText::plus,
                    table -> table.rejected() > 0 || table.collapsed() > 0);

    private BackfillText() {}

    /**
     * @param byTable whether each table of a list or pattern has a row
     * @param plan of the same run
     * @param rejectedRows the file that has them
     * @param next the command line that follows
     * @param style how it may look
     */
    public static String finished(
            Report report,
            boolean byTable,
            BackfillPlan plan,
            Path rejectedRows,
            String next,
            Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(counts(report, byTable, style));
        lines.add("");
        lines.add(position(report));
        if (report.rejected() > 0) {
            lines.add(rejected(report, rejectedRows));
        }
        skipped(report).ifPresent(lines::add);
        lines.add("next: " + next);
        plan.tables().stream()
                .findFirst()
                .ifPresent(t -> lines.add("to look at it in IoTDB, for example: " + t.sample()));
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

    /** Says how many values were left out; empty if none was. */
    public static Optional<String> skipped(Report report) {
        return report.skipped() == 0
                ? Optional.empty()
                : Optional.of(
                        number(report.skipped())
                                + (report.skipped() == 1 ? " value was" : " values were")
                                + " left out of rows, as on_invalid: skip wants"
                                + report.tables().stream()
                                        .filter(t -> t.skipped() > 0)
                                        .limit(MOST_NAMED)
                                        .map(t -> t.name() + " " + number(t.skipped()))
                                        .collect(Collectors.joining(", ", ": ", "")));
    }

    /** Says where rows are that were rejected, of which there is one at least. */
    public static String rejected(Report report, Path rejectedRows) {
        return number(report.rejected())
                + (report.rejected() == 1 ? " row was" : " rows were")
                + " rejected; each one's key, column, value and reason: "
                + rejectedRows;
    }

    public static String alreadyFinished(
            Report report, boolean byTable, String command, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "nothing to do: these tables were copied before, finished at "
                        + report.finishedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("");
        lines.addAll(counts(report, byTable, style));
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

    /** Adds up two tables. Those whose devices are under one pattern have them in common. */
    private static BackfillOutcome.Table plus(
            BackfillOutcome.Table one, BackfillOutcome.Table other) {
        boolean same = List.of(one.devicePattern().split("\n", -1)).contains(other.devicePattern());
        return new BackfillOutcome.Table(
                one.name(),
                one.mapping(),
                same ? one.devicePattern() : one.devicePattern() + "\n" + other.devicePattern(),
                one.rows() + other.rows(),
                one.points() + other.points(),
                one.devices() + (same ? 0 : other.devices()),
                one.empty() + other.empty(),
                one.collapsed() + other.collapsed(),
                one.rejected() + other.rejected(),
                one.zeroDates() + other.zeroDates(),
                one.skipped() + other.skipped());
    }

    private static List<String> counts(Report report, boolean byTable, Style style) {
        TextTable table = TextTable.of(FIGURES);
        List<String> more = new ArrayList<>();
        for (MappingRows.Row<BackfillOutcome.Table> row : ROWS.of(report.tables(), byTable, more)) {
            table.row(row.title(), FIGURES, row.figures());
        }
        return Stream.concat(table.lines(style.table()).stream(), more.stream()).toList();
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
