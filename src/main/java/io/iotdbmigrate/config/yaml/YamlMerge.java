package io.iotdbmigrate.config.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The merge key of YAML, {@code <<: *anchor}: keys of other maps that a map does not have itself.
 * Of several maps the first that has a key gives it.
 */
final class YamlMerge {
    private final String path;
    private final Problems problems;
    private final List<NodeTuple> merged = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** Maps that were read: one may name itself, and read again they add nothing. */
    private final Set<Node> read = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlMerge(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** Returns a map's own entries, all of them, then those that it takes from others. */
    static List<NodeTuple> merged(MappingNode node, String path, Problems problems) {
        YamlMerge merge = new YamlMerge(path, problems);
        merge.add(node, true);
        return merge.merged;
    }

    private void add(MappingNode node, boolean isOwn) {
        if (!read.add(node)) {
            return;
        }
        List<Node> others = new ArrayList<>();
        Set<String> here = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            String key = key(tuple);
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                others.add(tuple.getValueNode());
            } else if (isOwn || !known.contains(key)) {
                merged.add(tuple);
                here.add(key);
            }
        }
        known.addAll(here);
        others.forEach(this::addOther);
    }

    private void addOther(Node other) {
        if (other instanceof MappingNode map) {
            add(map, false);
        } else if (other instanceof SequenceNode list
                && list.getValue().stream().allMatch(MappingNode.class::isInstance)) {
            list.getValue().forEach(this::addOther);
        } else {
            problems.add(
                    path.isEmpty() ? "<<" : path + ".<<",
                    other,
                    "must be a map with an anchor, such as *base, or a list of such maps");
        }
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }
}
