package io.iotdbmigrate.config.yaml;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** All that is wrong while the file is read, so that all of it can be told together. */
public final class Problems {
    private static final Comparator<ConfigProblem> BY_PLACE =
            Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    /**
     * Notes a problem at a node.
     *
     * @param sentence without its full stop
     */
    public void add(String path, Node node, String sentence) {
        found.add(
                new ConfigProblem(
                        path,
                        node.getStartMark().getLine() + 1,
                        node.getStartMark().getColumn() + 1,
                        sentence.endsWith("?") ? sentence : sentence + "."));
    }

    /** Returns them in the order of the file; those of one place in the order they were found. */
    public List<ConfigProblem> inFileOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
