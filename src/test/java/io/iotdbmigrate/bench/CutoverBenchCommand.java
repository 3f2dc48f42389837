package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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

/** {@code scripts/bench cutover}. */
@Command(
        name = "cutover",
        mixinStandardHelpOptions = true,
        header = "How long a cutover pauses writes.",
        description = {
            "Copies a table, follows it with cdc, verifies it once, and rehearses a cutover with"
                    + " verify: recent, first while the source is idle, then while it takes 1,000"
                    + " statements a second. Progress goes to stderr, the figures as JSON to stdout"
                    + " and to a file."
        })
final class CutoverBenchCommand implements Callable<Integer> {
    private static final int DEVICES = 200;
    private static final List<Integer> LOADS = List.of(0, 1000);
    private static final double LIMIT_SECONDS = 10;
    private static final Path DEFAULT_OUTPUT = Path.of("target", "bench-cutover.json");

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "For the JSON (default: target/bench-cutover.json in the repository).")
    private @Nullable Path output;

    @Option(names = "--check", description = "Exit with 1 if writes were paused for 10 s or more.")
    private boolean check;

    @ParentCommand private Bench bench;
    @Spec private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        require(rows >= 1, "--rows must be 1 or more");
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
        List<CutoverBench.Rehearsal> rehearsals =
                new CutoverBench(progress).run(new Readings(rows, DEVICES), LOADS);
        String json = json(machine, rehearsals);
        Files.writeString(file, json + "\n", UTF_8);
        PrintWriter out = command.commandLine().getOut();
        out.println(json);
        out.flush();
        boolean tooLong = rehearsals.stream().anyMatch(r -> r.pausedSeconds() >= LIMIT_SECONDS);
        return check && tooLong ? 1 : 0;
    }

    private String json(Machine machine, List<CutoverBench.Rehearsal> rehearsals)
            throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", "cutover").put("rows", rows).put("tool", Tool.version());
        root.putObject("machine")
                .put("cores", machine.cores())
                .put("cpu", machine.cpu())
                .put("load_before", machine.load());
        ArrayNode cases = root.putArray("cases");
        for (CutoverBench.Rehearsal each : rehearsals) {
            ObjectNode node =
                    cases.addObject()
                            .put("statements_per_second_wanted", each.wanted())
                            .put("statements_per_second", each.perSecond())
                            .put("paused_seconds", each.pausedSeconds());
            ObjectNode steps = node.putObject("step_seconds");
            each.stepSeconds().forEach(steps::put);
        }
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(root);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
