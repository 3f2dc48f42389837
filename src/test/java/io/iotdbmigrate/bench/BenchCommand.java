package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.bench.BenchReport.Verdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the benchmarks of a table have in common on the command line. */
@Command(
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The table and progress go to stderr, the figures as JSON to stdout and to a file."
        })
abstract class BenchCommand implements Callable<Integer> {
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
            names = "--output",
            paramLabel = "FILE",
            description = "For the JSON (default: target/bench-${COMMAND-NAME}.json here).")
    private @Nullable Path output;

    @Option(
            names = "--check",
            description = "Exit with 1 if a ratio misses its target; from 2,000,000 rows on.")
    private boolean check;

    @ParentCommand private Bench bench;
    @Spec private CommandSpec command;

    private final BenchKind kind;

    BenchCommand(BenchKind kind) {
        this.kind = kind;
    }

    /** What measures. */
    abstract TableBench bench(int rounds, PrintWriter progress);

    /** The ratio that is to be reached with so many devices, in the order of measuring. */
    abstract Map<Integer, Double> targets();

    @Override
    public Integer call() throws Exception {
        require(rows >= 1, "--rows must be 1 or more");
        require(rounds >= 1, "--rounds must be 1 or more");
        require(
                !check || rows >= BenchReport.ROWS_OF_TARGETS,
                "--check needs --rows 2000000 or more: that is what the targets are for");
        Path file =
                output == null
                        ? Path.of("target", "bench-" + kind.command() + ".json")
                        : Bench.callersFolder().resolve(output);
        require(
                Files.isDirectory(file.toAbsolutePath().getParent()),
                "no folder for --output " + file);
        return bench.parseOnly() ? 0 : measure(file);
    }

    private int measure(Path file) throws Exception {
        PrintWriter progress = command.commandLine().getErr();
        Machine machine = Machine.current();
        machine.warning().ifPresent(progress::println);
        Versions versions = Versions.read();
        TableBench measuring = bench(rounds, progress);
        List<BenchReport.Case> cases = new ArrayList<>();
        for (Map.Entry<Integer, Double> target : targets().entrySet()) {
            Measurements measured = measuring.run(new Readings(rows, target.getKey()));
            cases.add(new BenchReport.Case(measured, target.getValue()));
        }
        BenchReport report = new BenchReport(kind, machine, versions, rows, rounds, cases);
        String json = BenchJson.render(report);
        Files.writeString(file, json + "\n", UTF_8);
        progress.print(BenchText.render(report));
        progress.flush();
        PrintWriter out = command.commandLine().getOut();
        out.println(json);
        out.flush();
        boolean failed = cases.stream().anyMatch(c -> report.verdict(c) == Verdict.FAIL);
        return check && failed ? 1 : 0;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
