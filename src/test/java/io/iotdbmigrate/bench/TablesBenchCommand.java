package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench tables}. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        header = "Many tables of one shape by one pattern.",
        description = {
            "Runs check, backfill, verify and the start of cdc for so many tables, and for one table"
                    + " with the same rows and devices. The target of each is 1.5 times what the one"
                    + " table takes, and 20 ms a table. Progress goes to stderr, the figures as JSON"
                    + " to stdout and to a file."
        })
final class TablesBenchCommand extends FiguresCommand {
    private static final double FACTOR = 1.5;
    private static final double SECONDS_A_TABLE = 0.020;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Of all tables together (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--tables",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int tables;

    @Override
    long rows() {
        return rows;
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        require(tables >= 1 && tables <= 9999, "--tables must be 1 to 9999");
        List<TablesBench.Step> steps = new TablesBench(tables, rows, progress).run();
        figures.put("tables", tables);
        ArrayNode cases = figures.putArray("cases");
        boolean reached = true;
        for (TablesBench.Step step : steps) {
            double target = step.ofOne() * FACTOR + tables * SECONDS_A_TABLE;
            cases.addObject()
                    .put("command", step.command())
                    .put("seconds_of_one_table", step.ofOne())
                    .put("seconds_of_all_tables", step.ofMany())
                    .put("target_seconds", target)
                    .put("reached", step.ofMany() <= target);
            reached &= step.ofMany() <= target;
        }
        return reached;
    }
}
