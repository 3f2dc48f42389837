package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob.Place;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.CutoverState;
import io.iotdbmigrate.cutover.Facts;
import io.iotdbmigrate.cutover.StepState;
import io.iotdbmigrate.cutover.Verified;
import io.iotdbmigrate.model.BinlogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cutover for the change ticket. */
public final class CutoverMarkdown {
    private CutoverMarkdown() {}

    public static String render(CutoverReport report, MigrationConfig config) {
        CutoverState state = report.state();
        List<String> lines = new ArrayList<>();
        lines.add(
                "# "
                        + (state.rehearsal() ? "Rehearsal of the cutover of " : "Cutover of ")
                        + config.name());
        lines.add("");
        lines.add("**" + CutoverText.headline(report) + "**");
        lines.add("");
        lines.add("| | |");
        lines.add("| --- | --- |");
        lines.add(
                row("from", "MySQL " + config.mysql().address() + "/" + config.mysql().database()));
        lines.add(row("to", "IoTDB " + config.iotdb().address()));
        lines.add(row("id", state.id()));
        lines.add(row("begun", state.startedAt() + " by " + state.operator()));
        lines.add(row("ended", report.endedAt() + " by " + report.operator()));
        facts(state.facts(), report, lines);
        lines.add("");
        lines.add("## Steps");
        lines.add("");
        lines.add("| step | state | began (UTC) | seconds | |");
        lines.add("| --- | --- | --- | --- | --- |");
        for (StepState step : state.steps()) {
            lines.add(
                    row(
                            step.name().label(),
                            CutoverText.word(step),
                            step.startedAt() == null ? "" : step.startedAt().toString(),
                            step.startedAt() == null
                                    ? ""
                                    : CutoverText.seconds(report.duration(step.name())),
                            step.detail()));
        }
        verified(state.facts().verified(), lines);
        list("To do", report.toDo(), lines);
        list("Remarks", state.facts().remarks(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void facts(Facts facts, CutoverReport report, List<String> lines) {
        if (facts.pausedAt() != null) {
            lines.add(row("writes paused at", facts.pausedAt().toString()));
            lines.add(
                    row(
                            "writes resumed at",
                            facts.resumedAt() == null
                                    ? "not in MySQL"
                                    : facts.resumedAt().toString()));
            lines.add(row("paused for", CutoverText.seconds(report.paused()) + " s"));
        }
        Place place = facts.place();
        if (place != null) {
            lines.add(
                    row(
                            "cdc ran",
                            place.cluster() == null
                                    ? "in a process of its own"
                                    : "on the Flink cluster at " + place.cluster()));
        }
        BinlogPosition position = facts.position();
        if (position != null) {
            lines.add(row("final position", position.toString()));
            lines.add(row("executed GTIDs", position.gtidSet()));
        }
        if (facts.savepoint() != null) {
            lines.add(row("savepoint", facts.savepoint()));
        }
    }

    private static void verified(@Nullable Verified verified, List<String> lines) {
        if (verified == null) {
            return;
        }
        lines.add("");
        lines.add("## Verification");
        lines.add("");
        lines.add(
                verified.mode().name().toLowerCase(Locale.ROOT)
                        + (verified.equal() ? ": equal" : ": different")
                        + ", at "
                        + verified.at());
        lines.add("");
        lines.add("| table | rows in MySQL | found in IoTDB | checksum |");
        lines.add("| --- | --- | --- | --- |");
        for (Verified.Table table : verified.tables()) {
            lines.add(
                    row(
                            table.name(),
                            String.format(Locale.ROOT, "%,d", table.rows()),
                            String.format(Locale.ROOT, "%,d", table.found()),
                            checksum(table)));
        }
        list("Differences", verified.differences(), lines);
    }

    private static String checksum(Verified.Table table) {
        return table.checksumAt() == null
                ? table.checksum()
                : table.checksum() + " at " + table.checksumAt() + ", before the changes";
    }

    private static void list(String title, List<String> items, List<String> lines) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add("## " + title);
            lines.add("");
            items.forEach(item -> lines.add("- " + item));
        }
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
        }
        return row.toString();
    }
}
