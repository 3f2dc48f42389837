package io.iotdbmigrate.config.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of the file and its path. Each accessor returns the value as one type, or reports a
 * problem and returns null; {@link Scalars} has those for numbers, durations and so on.
 */
public final class YamlValue {
    private static final int LONGEST_SHOWN = 80;

    private final Node node;
    private final String path;
    private final References references;
    private final Problems problems;

    public YamlValue(Node node, String path, References references, Problems problems) {
        this.node = node;
        this.path = path;
        this.references = references;
        this.problems = problems;
    }

    public String path() {
        return path;
    }

    public void problem(String sentence) {
        problems.add(path, node, sentence);
    }

    /** Returns a key without a value: {@code password:}. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL) && node.getAnchor() == null;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isWord(String word) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
    }

    /** Returns the value as written, for messages; what a reference stands for is not shown. */
    public String shown() {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        String line = text.replace("\r", "\\r").replace("\n", "\\n");
        String cut =
                line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
        return References.in(text) ? "\"" + cut + "\" (its value is not shown)" : "\"" + cut + "\"";
    }

    public @Nullable String text(String expected) {
        String text = textOrEmpty(expected);
        if (text != null && text.isEmpty()) {
            problem("is empty; write " + expected);
            return null;
        }
        return text;
    }

    public @Nullable String textOrEmpty(String expected) {
        if (isNameInBraces()) {
            problem("begins with {, which YAML reads as a map; put the value into quotes");
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            return wrongType(expected);
        }
        if (scalar.getAnchor() != null && scalar.getValue().isEmpty()) {
            problem("begins with &, which YAML reads as an anchor; put the value into quotes");
            return null;
        }
        if (!scalar.getTag().startsWith(Tag.PREFIX)) {
            problem("begins with !, which YAML reads as a tag; put the value into quotes");
            return null;
        }
        try {
            return references.resolve(isNull() ? "" : scalar.getValue());
        } catch (References.UnresolvedException e) {
            problem(e.getMessage());
            return null;
        }
    }

    /** Tells whether it is {@code {line}}: for YAML a map with a key and no value. */
    private boolean isNameInBraces() {
        return node instanceof MappingNode map
                && map.getValue().size() == 1
                && map.getValue().get(0).getValueNode().getTag().equals(Tag.NULL);
    }

    /** Returns it as a secret. No message about it shows anything of the value. */
    public @Nullable Secret secret() {
        if (isNull()) {
            problem("has no value; write ${env:NAME}, ${file:PATH} or '' for an empty one");
            return null;
        }
        String text = textOrEmpty("one text, ${env:NAME} or ${file:PATH}");
        return text == null ? null : new Secret(text);
    }

    /**
     * @param keys the allowed keys; none: any
     */
    public @Nullable YamlMap map(String... keys) {
        if (node instanceof MappingNode mapping) {
            return new YamlMap(mapping, path, List.of(keys), references, problems);
        }
        return wrongType(
                keys.length == 0
                        ? "a map of names and values"
                        : "a map with keys of " + String.join(", ", keys));
    }

    public @Nullable List<YamlValue> list(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            return wrongType(expected);
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(item, path + "[" + items.size() + "]", references, problems));
        }
        return items;
    }

    /** Reports the value and what is wrong with it; only for values that are no secrets. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // always null: lets callers return it
    public <T> @Nullable T refuse(String sentence) {
        problem(shown() + " " + sentence);
        return null;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // always null: lets callers return it
    private <T> @Nullable T wrongType(String expected) {
        String kind = node instanceof SequenceNode ? "is a list" : "is a map";
        if (node instanceof ScalarNode) {
            kind = path.startsWith("connections") ? "is a single value" : shown() + " is one value";
        }
        problem(kind + ", but must be " + expected);
        return null;
    }
}
