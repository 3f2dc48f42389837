package io.iotdbmigrate.bench;

import io.iotdbmigrate.bench.BenchReport.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the benchmarks of a table have in common on the command line. */
@Command(
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The table and progress go to stderr, the figures as JSON to stdout and to a file."
        })
abstract class BenchCommand extends MeasuringCommand {
    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of each table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "Medians are taken over them (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--devices",
            paramLabel = "N",
            split = ",",
            description = "Only the tables of so many devices (default: all).")
    private Set<Integer> devices = Set.of();

    @Option(
            names = "--check",
            description = "Exit with 1 if a ratio misses its target; from 2,000,000 rows on.")
    private boolean check;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "tree",
            description = {
                "IoTDB's model, tree or table (default: ${DEFAULT-VALUE}).",
                "The table model is measured beside the tree."
            })
    private BenchModel model;

    private final BenchKind kind;

    BenchCommand(BenchKind kind) {
        this.kind = kind;
    }

    /** What measures. */
    abstract TableBench bench(int rounds, PrintWriter progress);

    /** The ratio that is to be reached with so many devices, in the order of measuring. */
    abstract Map<Integer, Double> targets();

    /** The job time of the table model by that of the tree, likewise. */
    abstract Map<Integer, Double> targetsToTree();

    @Override
    final void validate() {
        require(rows >= 1, "--rows must be 1 or more");
        require(rounds >= 1, "--rounds must be 1 or more");
        require(
                targets().keySet().containsAll(devices),
                "--devices must be of " + targets().keySet() + ", there are no other tables");
        require(
                !check || rows >= BenchReport.ROWS_OF_TARGETS,
                "--check needs --rows 2000000 or more: that is what the targets are for");
    }

    @Override
    final Figures measure(Machine machine, PrintWriter progress) throws Exception {
        Versions versions = Versions.read();
        TableBench measuring = bench(rounds, progress);
        List<BenchReport.Case> cases = new ArrayList<>();
        for (Map.Entry<Integer, Double> target : targets().entrySet()) {
            if (!devices.isEmpty() && !devices.contains(target.getKey())) {
                continue;
            }
            Measurements measured = measuring.run(new Readings(rows, target.getKey(), model));
            cases.add(
                    new BenchReport.Case(
                            measured,
                            target.getValue(),
                            targetsToTree().getOrDefault(target.getKey(), Double.NaN)));
        }
        BenchReport report = new BenchReport(kind, machine, versions, rows, rounds, cases);
        progress.print(BenchText.render(report));
        boolean failed = cases.stream().anyMatch(c -> report.verdict(c) == Verdict.FAIL);
        return new Figures(BenchJson.render(report), check && failed ? 1 : 0);
    }
}
