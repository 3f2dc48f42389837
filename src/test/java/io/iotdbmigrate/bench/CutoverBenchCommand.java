package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench cutover}. */
@Command(
        name = "cutover",
        mixinStandardHelpOptions = true,
        header = "How long a cutover pauses writes.",
        description = {
            "Copies a table, follows it with cdc, verifies it once, and rehearses a cutover with"
                    + " verify: recent, first while the source is idle, then while it takes 1,000"
                    + " statements a second. The target is less than 10 s. Progress goes to"
                    + " stderr, the figures as JSON to stdout and to a file."
        })
final class CutoverBenchCommand extends FiguresCommand {
    private static final List<Integer> LOADS = List.of(0, 1000);
    private static final double LIMIT_SECONDS = 10;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Override
    long rows() {
        return rows;
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        List<CutoverBench.Rehearsal> rehearsals =
                new CutoverBench(progress).run(new Readings(rows, DEVICES), LOADS);
        ArrayNode cases = figures.putArray("cases");
        for (CutoverBench.Rehearsal each : rehearsals) {
            ObjectNode node =
                    cases.addObject()
                            .put("statements_per_second_wanted", each.wanted())
                            .put("statements_per_second", each.perSecond())
                            .put("paused_seconds", each.pausedSeconds());
            ObjectNode steps = node.putObject("step_seconds");
            each.stepSeconds().forEach(steps::put);
        }
        return rehearsals.stream().allMatch(r -> r.pausedSeconds() < LIMIT_SECONDS);
    }
}
