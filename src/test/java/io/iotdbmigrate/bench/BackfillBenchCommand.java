package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.bench.BackfillBenchReport.Verdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code scripts/bench backfill}. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        header = "The backfill against what the two servers can do.",
        description = {
            "Measures, each in a JVM of its own, a plain scan of a MySQL table, a plain write of"
                    + " the same rows into IoTDB, and the backfill of that table. The ratio is the"
                    + " backfill's job time to the longer of the other two. The table and progress"
                    + " go to stderr, the figures as JSON to stdout and to a file."
        })
final class BackfillBenchCommand implements Callable<Integer> {
    private static final int FEW_DEVICES = 200;
    private static final int MANY_DEVICES = 50_000;
    private static final double TARGET_FEW = 1.6;
    private static final double TARGET_MANY = 2.5;
    private static final Path DEFAULT_OUTPUT = Path.of("target", "bench-backfill.json");

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
            description = "For the JSON (default: target/bench-backfill.json in the repository).")
    private @Nullable Path output;

    @Option(
            names = "--check",
            description = "Exit with 1 if a ratio misses its target; from 2,000,000 rows on.")
    private boolean check;

    @ParentCommand private Bench bench;
    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        require(rows >= 1, "--rows must be 1 or more");
        require(rounds >= 1, "--rounds must be 1 or more");
        require(
                !check || rows >= BackfillBenchReport.ROWS_OF_TARGETS,
                "--check needs --rows 2000000 or more: that is what the targets are for");
        Path file = output == null ? DEFAULT_OUTPUT : Bench.callersFolder().resolve(output);
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
        BackfillBench backfill = new BackfillBench(rounds, progress);
        List<BackfillBenchReport.Case> cases =
                List.of(
                        new BackfillBenchReport.Case(
                                backfill.run(new Readings(rows, FEW_DEVICES)), TARGET_FEW),
                        new BackfillBenchReport.Case(
                                backfill.run(new Readings(rows, MANY_DEVICES)), TARGET_MANY));
        BackfillBenchReport report =
                new BackfillBenchReport(machine, versions, rows, rounds, cases);
        String json = BackfillBenchJson.render(report);
        Files.writeString(file, json + "\n", UTF_8);
        progress.print(BackfillBenchText.render(report));
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
