package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** A benchmark with one table, which has rows of {@link #DEVICES} devices. */
abstract class FiguresCommand extends MeasuringCommand {
    static final int DEVICES = 200;

    @Option(names = "--check", description = "Exit with 1 if a figure misses its target.")
    private boolean check;

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
    void validate() {
        require(rows() >= 1, "--rows must be 1 or more");
    }

    @Override
    final Figures measure(Machine machine, PrintWriter progress) throws Exception {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", name()).put("rows", rows()).put("tool", Tool.BUILT.version());
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
        machine.warning().ifPresent(progress::println);
        return new Figures(json, check && !reached ? 1 : 0);
    }
}
