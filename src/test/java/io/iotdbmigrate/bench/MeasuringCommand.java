package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A benchmark whose figures are JSON, on stdout and in a file; progress goes to stderr. */
abstract class MeasuringCommand implements Callable<Integer> {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "For the JSON (default: target/bench-${COMMAND-NAME}.json here).")
    private @Nullable Path output;

    @ParentCommand private Bench bench;
    @Spec private CommandSpec command;

    /**
     * What was measured.
     *
     * @param status exit status
     */
    record Figures(String json, int status) {}

    /** Refuses arguments that make no sense, see {@link #require}. */
    abstract void validate();

    abstract Figures measure(Machine machine, PrintWriter progress) throws Exception;

    @Override
    public final Integer call() throws Exception {
        validate();
        Path file =
                output == null
                        ? Path.of("target", "bench-" + command.name() + ".json")
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
        Figures figures = measure(machine, progress);
        Files.writeString(file, figures.json() + "\n", UTF_8);
        progress.flush();
        PrintWriter out = command.commandLine().getOut();
        out.println(figures.json());
        out.flush();
        return figures.status();
    }

    final String name() {
        return command.name();
    }

    final void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
