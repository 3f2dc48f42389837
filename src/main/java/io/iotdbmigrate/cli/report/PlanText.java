package io.iotdbmigrate.cli.report;

import io.iotdbmigrate.cli.report.TextTable.Column;
import io.iotdbmigrate.cli.terminal.Style;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a backfill would do, for people. */
public final class PlanText {
    private static final String INDENT = "    ";

    private PlanText() {}

    /**
     * @param command does what the plan says
     */
    public static String render(BackfillPlan plan, Style style, String command) {
        TextTable table =
                new TextTable(
                        Column.text("table"),
                        Column.number("rows, about"),
                        Column.number("chunks, about"),
                        Column.text("cut along"),
                        Column.text("devices"));
        for (BackfillPlan.Table t : plan.tables()) {
            table.row(
                    t.name(),
                    String.format(Locale.ROOT, "%,d", t.estimatedRows()),
                    String.format(Locale.ROOT, "%,d", t.estimatedChunks()),
                    t.chunkKey().isEmpty() ? "(no key: in one piece)" : t.chunkKey(),
                    t.deviceTemplate());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        for (BackfillPlan.Table t : plan.tables()) {
            lines.add("each device of " + t.name() + " gets");
            Wrap.lines(String.join(", ", t.series()), style.width() - INDENT.length())
                    .forEach(line -> lines.add(INDENT + line));
            if (t.mayCollapse()) {
                lines.add(
                        INDENT
                                + "(no unique key covers device and time: rows that share both"
                                + " become one)");
            }
        }
        lines.add("");
        lines.add("nothing was written; next: " + command);
        return String.join("\n", lines);
    }
}
