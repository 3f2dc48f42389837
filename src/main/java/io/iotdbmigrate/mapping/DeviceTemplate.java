package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code device_template}: a path whose nodes are made of literal text and columns in braces, e.g.
 * {@code root.kanban.{site}.device_{deviceId}}. A column's value never adds a node: dots and blanks
 * in it are quoted. In a tall table its last node names the rows.
 *
 * @param nodes after splitting at the dots outside braces and backticks
 */
public record DeviceTemplate(List<TemplateNode> nodes) implements DeviceNaming {
    private static final String ROOT = "root";

    public DeviceTemplate {
        nodes = List.copyOf(nodes);
    }

    /** Reads a template that the config loader has found well-formed. */
    public static DeviceTemplate parse(String template) {
        return new DeviceTemplate(Parser.nodes(template));
    }

    /** Returns the templates of mappings; those of the table model have none. */
    public static List<DeviceTemplate> of(List<MappingConfig> mappings) {
        return mappings.stream()
                .filter(m -> m.target() == null)
                .map(m -> parse(m.deviceTemplate()))
                .toList();
    }

    /** Returns the columns named, in order of appearance. */
    @Override
    public List<String> columns() {
        return parts().filter(TemplateNode.Part::isColumn)
                .map(TemplateNode.Part::text)
                .distinct()
                .toList();
    }

    private Stream<TemplateNode.Part> parts() {
        return nodes.stream().flatMap(n -> n.parts().stream());
    }

    /** Returns the node names of the device whose column values {@code valueOf} gives, unquoted. */
    public List<String> names(UnaryOperator<String> valueOf) {
        List<String> names = new ArrayList<>(nodes.size());
        for (TemplateNode node : nodes) {
            names.add(node.name(valueOf));
        }
        return names;
    }

    /**
     * Spells it for people: {@code root.kanban.*.device_*}. The server compares names as it writes
     * them, and {@code `device_a.b`} begins with a backtick, so this misses devices; see {@link
     * #wholeNodePattern()}.
     */
    @Override
    public String pattern() {
        return below(nodes.subList(1, nodes.size()), TemplateNode::pattern);
    }

    /**
     * Returns a pattern of whole nodes, which deletions need: {@code root.kanban.*.*}. Matches
     * other devices too.
     */
    public String wholeNodePattern() {
        return below(nodes.subList(1, nodes.size()), TemplateNode::wholePattern);
    }

    /** Returns the leading nodes without a column, at least {@code root}. */
    public String fixedPrefix() {
        return below(
                nodes.stream().skip(1).takeWhile(TemplateNode::isFixed).toList(),
                TemplateNode::wholePattern);
    }

    private static String below(List<TemplateNode> nodes, Function<TemplateNode, String> written) {
        return nodes.stream()
                .map(n -> "." + written.apply(n))
                .collect(Collectors.joining("", ROOT, ""));
    }

    /**
     * Tells whether a device's path, as the server writes it, could have come from this template.
     */
    public boolean matches(String device) {
        List<String> names = TreePath.split(device);
        if (names.size() != nodes.size()) {
            return false;
        }
        for (int i = 1; i < names.size(); i++) {
            if (!nodes.get(i).matches(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether a column's value stands in nodes where no other column's does.
     *
     * @param column in any case
     */
    @Override
    public boolean hasInNodeOfItsOwn(String column) {
        List<TemplateNode> having = nodes.stream().filter(n -> n.has(column)).toList();
        return !having.isEmpty()
                && having.stream().allMatch(n -> n.columns().size() == 1)
                && lookups(column).isEmpty();
    }

    /**
     * Tells whether a device that matches has a value of a column, which stands in nodes of its
     * own.
     *
     * @param text as it stands in a device's name
     */
    @Override
    public boolean hasValue(String device, String column, String text) {
        List<String> names = TreePath.split(device);
        for (int i = 1; i < nodes.size(); i++) {
            if (nodes.get(i).has(column)) {
                return names.get(i).equals(nodes.get(i).name(name -> text));
            }
        }
        return false;
    }

    @Override
    public boolean overlaps(DeviceNaming naming) {
        if (!(naming instanceof DeviceTemplate other) || nodes.size() != other.nodes.size()) {
            return false;
        }
        for (int i = 1; i < nodes.size(); i++) {
            if (!NodeOverlap.between(nodes.get(i), other.nodes.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns this template with one node more at its end. */
    private DeviceTemplate with(TemplateNode node) {
        List<TemplateNode> longer = new ArrayList<>(nodes);
        longer.add(node);
        return new DeviceTemplate(longer);
    }

    /**
     * Returns this template with one more node of fixed text and a column: {@code <device>.v{k}}.
     */
    public DeviceTemplate withNode(String text, String column) {
        return with(
                new TemplateNode(
                        List.of(
                                new TemplateNode.Part(false, text),
                                new TemplateNode.Part(true, column))));
    }

    /**
     * Returns this template with a node for what the rows of a tall table are named by.
     *
     * @param row text and columns in braces, as the config has them
     */
    public DeviceTemplate withRow(String row) {
        return with(TemplateNode.ofRow(row));
    }

    /** Returns this template without its last node. */
    DeviceTemplate withoutLast() {
        return new DeviceTemplate(nodes.subList(0, nodes.size() - 1));
    }

    /** Returns the last node, which names the rows of a tall table. */
    public TemplateNode last() {
        return nodes.get(nodes.size() - 1);
    }

    /** Returns all look-ups of a column's value, in order of appearance. */
    public List<Lookup> lookups(String column) {
        return parts().filter(p -> p.lookup() != null && p.text().equals(column))
                .map(TemplateNode.Part::lookup)
                .distinct()
                .toList();
    }

    /** Tells whether anything is looked up. */
    public boolean hasLookups() {
        return nodes.stream().anyMatch(TemplateNode::hasLookups);
    }

    /**
     * Returns a template with look-ups in place of what names them.
     *
     * @param of the look-up of a name in braces; null if it is the name of a column
     */
    DeviceTemplate withLookups(Function<String, @Nullable Lookup> of) {
        return new DeviceTemplate(nodes.stream().map(n -> n.withLookups(of)).toList());
    }

    /** Returns this template with other look-ups in place of those that it has. */
    DeviceTemplate replacingLookups(UnaryOperator<Lookup> others) {
        return new DeviceTemplate(nodes.stream().map(n -> n.replacingLookups(others)).toList());
    }

    /**
     * A parser of {@code device_template}, which splits at the dots outside braces and backticks.
     */
    private static final class Parser {
        private final String template;
        private final List<TemplateNode> nodes = new ArrayList<>();
        private List<TemplateNode.Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        private Parser(String template) {
            this.template = template;
        }

        /** Reads a template that the config loader has found well-formed. */
        static List<TemplateNode> nodes(String template) {
            Parser parser = new Parser(template);
            parser.parse();
            return parser.nodes;
        }

        private void parse() {
            boolean quoted = false;
            for (int i = 0; i < template.length(); i++) {
                char c = template.charAt(i);
                if (c == '`') {
                    if (quoted && i + 1 < template.length() && template.charAt(i + 1) == '`') {
                        literal.append('`');
                        i++;
                    } else {
                        quoted = !quoted;
                    }
                } else if (c == '{' && !quoted) {
                    endLiteral();
                    int end = template.indexOf('}', i);
                    parts.add(new TemplateNode.Part(true, template.substring(i + 1, end)));
                    i = end;
                } else if (c == '.' && !quoted) {
                    endNode();
                } else {
                    literal.append(c);
                }
            }
            endNode();
        }

        private void endLiteral() {
            if (!literal.isEmpty()) {
                parts.add(new TemplateNode.Part(false, literal.toString()));
                literal.setLength(0);
            }
        }

        private void endNode() {
            endLiteral();
            nodes.add(new TemplateNode(parts));
            parts = new ArrayList<>();
        }
    }
}
