package io.iotdbmigrate.config.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One map of the file with typed access to its keys. Unknown and duplicate keys are reported when
 * it is made. After a problem an accessor returns its fallback, so that reading goes on; the whole
 * config is then refused at the end.
 */
public final class YamlMap {
    private static final Pattern NOT_IN_A_KEY = Pattern.compile("(?s)[^A-Za-z0-9_<?~-].*");

    private final Node node;
    private final String path;
    private final List<String> keys;
    private final References references;
    private final Problems problems;
    private final boolean readable;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();

    /**
     * @param keys the allowed keys; none: any
     */
    public YamlMap(
            MappingNode node,
            String path,
            List<String> keys,
            References references,
            Problems problems) {
        this(node, path, keys, references, problems, true);
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : YamlMerge.merged(node, path, problems)) {
            Node keyNode = tuple.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
            Integer firstLine = lines.putIfAbsent(key, keyNode.getStartMark().getLine() + 1);
            if (firstLine != null) {
                problems.add(
                        pathOf(key),
                        keyNode,
                        "is given twice, first on line " + firstLine + "; remove one of the two");
            } else if (!keys.isEmpty() && !keys.contains(key)) {
                reportUnknown(key, keyNode);
            } else {
                values.put(
                        key,
                        new YamlValue(tuple.getValueNode(), pathOf(key), references, problems));
            }
        }
    }

    private YamlMap(
            Node node,
            String path,
            List<String> keys,
            References references,
            Problems problems,
            boolean readable) {
        this.node = node;
        this.path = path;
        this.keys = keys;
        this.references = references;
        this.problems = problems;
        this.readable = readable;
    }

    /** Returns the value of a key; null when the key is absent or has no value. */
    public @Nullable YamlValue get(String key) {
        if (!keys.isEmpty() && !keys.contains(key)) {
            throw new IllegalArgumentException("not an allowed key: " + pathOf(key));
        }
        YamlValue value = values.get(key);
        return value == null || value.isNull() ? null : value;
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    /** Reports a problem of a key, at its value if it has one, else where the map begins. */
    public void problem(String key, String sentence) {
        YamlValue value = get(key);
        if (value != null) {
            value.problem(sentence);
        } else if (readable) {
            problems.add(pathOf(key), node, sentence);
        }
    }

    /** Reads a section that may be left out; then it has no keys, and reports required ones. */
    public YamlMap section(String key, String... sectionKeys) {
        YamlValue value = get(key);
        YamlMap section = value == null ? null : value.map(sectionKeys);
        if (section != null) {
            return section;
        }
        boolean absent = value == null && readable;
        return new YamlMap(node, pathOf(key), List.of(sectionKeys), references, problems, absent);
    }

    /** Returns the items of a list; empty when it is absent. */
    public List<YamlValue> list(String key, String expected) {
        YamlValue value = get(key);
        List<YamlValue> items = value == null ? null : value.list(expected);
        return items == null ? List.of() : items;
    }

    /** Returns the maps of a list of maps; items of another type are reported and left out. */
    public List<YamlMap> maps(String key, String expected, String... itemKeys) {
        List<YamlMap> maps = new ArrayList<>();
        for (YamlValue item : list(key, expected)) {
            YamlMap map = item.map(itemKeys);
            if (map != null) {
                maps.add(map);
            }
        }
        return maps;
    }

    /**
     * Returns the text of a key; empty after a problem.
     *
     * @param meaning what to write, e.g. "the name of the MySQL table"
     */
    public String required(String key, String meaning) {
        YamlValue value = get(key);
        if (value == null) {
            problem(key, "is missing; add " + meaning);
            return "";
        }
        String text = value.text(meaning);
        return text == null ? "" : text;
    }

    public @Nullable String text(String key, String meaning) {
        YamlValue value = get(key);
        return value == null ? null : value.text(meaning);
    }

    /** Returns any names with texts, in the order of the file; values may be empty. */
    public Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, YamlValue> entry : section(key).values.entrySet()) {
            String text = entry.getValue().textOrEmpty("one text or number");
            if (text != null) {
                texts.put(entry.getKey(), text);
            }
        }
        return texts;
    }

    public Secret secret(String key, String fallback) {
        YamlValue value = values.get(key);
        Secret secret = value == null ? null : value.secret();
        return secret == null ? new Secret(fallback) : secret;
    }

    public int integer(String key, int fallback, int min, int max) {
        return Math.toIntExact(number(key, fallback, min, max));
    }

    public long number(String key, long fallback, long min, long max) {
        return read(key, fallback, value -> Scalars.number(value, min, max));
    }

    public boolean bool(String key, boolean fallback) {
        return read(key, fallback, Scalars::bool);
    }

    public Duration duration(String key, Duration fallback, Duration min) {
        return read(key, fallback, value -> Scalars.duration(value, min));
    }

    public @Nullable Duration duration(String key, Duration min) {
        return has(key) ? duration(key, min, min) : null;
    }

    public long bytes(String key, long fallback, long min) {
        return read(key, fallback, value -> Scalars.bytes(value, min));
    }

    public <E extends Enum<E>> E choice(String key, E fallback) {
        return read(key, fallback, value -> Scalars.choice(value, fallback.getDeclaringClass()));
    }

    public <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
        YamlValue value = get(key);
        return value == null ? null : Scalars.choice(value, type);
    }

    private <T> T read(String key, T fallback, Function<YamlValue, @Nullable T> reader) {
        YamlValue value = get(key);
        T result = value == null ? null : reader.apply(value);
        return result == null ? fallback : result;
    }

    /** Returns the keys that there are, in the order of the file. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    public String path() {
        return path;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /**
     * Reports the keys that nobody asked for. Without its space after the colon a key takes in the
     * value, so only its word is shown.
     */
    private void reportUnknown(String key, Node keyNode) {
        String word = NOT_IN_A_KEY.matcher(key).replaceFirst("");
        problems.add(
                pathOf(word),
                keyNode,
                keys.contains(word)
                        ? "must be followed by a colon and a space; write " + word + ": value"
                        : "is not a known key; " + NearestName.remedy(word, keys));
    }
}
