package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * A benchmark whose figures are JSON, on stdout and in a file; progress goes to stderr. They are of
 * one table, with rows of {@link #DEVICES} devices.
 */
abstract class FiguresCommand implements Callable<Integer> {
    static final int DEVICES = 200;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "For the JSON (default: target/bench-NAME.json in the repository).")
    private @Nullable Path output;

    @Option(names = "--check", description = "Exit with 1 if a figure misses its target.")
    private boolean check;

    @ParentCommand private Bench bench;
    @Spec private CommandSpec command;

    /** Of the table. */
    abstract long rows();

    /**
     * Measures.
     *
     * @param figures to be filled
     * @return whether all targets are reached
     */
    abstract boolean measure(ObjectNode figures, PrintWriter progress) throws Exception;

    @Override
    public final Integer call() throws Exception {
        require(rows() >= 1, "--rows must be 1 or more");
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
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", command.name()).put("rows", rows()).put("tool", Tool.version());
        root.putObject("machine")
                .put("cores", machine.cores())
                .put("cpu", machine.cpu())
                .put("load_before", machine.load());
        boolean reached = measure(root, progress);
        String json =
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root);
        Files.writeString(file, json + "\n", UTF_8);
        machine.warning().ifPresent(progress::println);
        PrintWriter out = command.commandLine().getOut();
        out.println(json);
        out.flush();
        return check && !reached ? 1 : 0;
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
