package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code device_template}: a path whose nodes are made of literal text and columns in braces, e.g.
 * {@code root.kanban.{site}.device_{deviceId}}. A column's value never adds a node: dots and blanks
 * in it are quoted.
 *
 * @param nodes after splitting at the dots outside braces and backticks
 */
public record DeviceTemplate(List<Node> nodes) implements DeviceNaming {

    /** One node of the path. */
    public record Node(List<Part> parts) implements Serializable {
        public Node {
            parts = List.copyOf(parts);
        }

        /** Tells whether anything is looked up for it. */
        public boolean hasLookups() {
            return parts.stream().anyMatch(p -> p.lookup() != null);
        }

        boolean isFixed() {
            return parts.stream().noneMatch(Part::isColumn);
        }
    }

    /**
     * Literal text, or the name of a column.
     *
     * @param lookup what stands for the column's value; null: the value itself
     */
    public record Part(boolean isColumn, String text, @Nullable Lookup lookup)
            implements Serializable {
        /** Makes one that looks nothing up. */
        public Part(boolean isColumn, String text) {
            this(isColumn, text, null);
        }

        /** Returns the text for a column's value; null if the look-up has no row for it. */
        @Nullable String shown(String value) {
            return lookup == null ? value : lookup.values().get(value);
        }
    }

    public DeviceTemplate {
        nodes = List.copyOf(nodes);
    }

    /** Reads a template that the config loader has found well-formed. */
    public static DeviceTemplate parse(String template) {
        List<Node> nodes = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
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
                endLiteral(literal, parts);
                int end = template.indexOf('}', i);
                parts.add(new Part(true, template.substring(i + 1, end)));
                i = end;
            } else if (c == '.' && !quoted) {
                endLiteral(literal, parts);
                nodes.add(new Node(parts));
                parts = new ArrayList<>();
            } else {
                literal.append(c);
            }
        }
        endLiteral(literal, parts);
        nodes.add(new Node(parts));
        return new DeviceTemplate(nodes);
    }

    /** Returns the templates of mappings; those of the table model have none. */
    public static List<DeviceTemplate> of(List<MappingConfig> mappings) {
        return mappings.stream()
                .filter(m -> m.target() == null)
                .map(m -> parse(m.deviceTemplate()))
                .toList();
    }

    private static void endLiteral(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part(false, literal.toString()));
            literal.setLength(0);
        }
    }

    /** Returns the columns named, in order of appearance. */
    @Override
    public List<String> columns() {
        return nodes.stream()
                .flatMap(n -> n.parts().stream())
                .filter(Part::isColumn)
                .map(Part::text)
                .distinct()
                .toList();
    }

    /** Returns the node names of the device whose column values {@code valueOf} gives, unquoted. */
    public List<String> names(UnaryOperator<String> valueOf) {
        List<String> names = new ArrayList<>();
        for (Node node : nodes) {
            StringBuilder name = new StringBuilder();
            for (Part part : node.parts()) {
                name.append(part.isColumn() ? part.shown(valueOf.apply(part.text())) : part.text());
            }
            names.add(name.toString());
        }
        return names;
    }

    /** Returns the path of the device with these node names. */
    public static String path(List<String> names) {
        StringBuilder path = new StringBuilder(names.get(0));
        for (String name : names.subList(1, names.size())) {
            path.append('.').append(PathNode.quote(name));
        }
        return path.toString();
    }

    /**
     * Returns a device's path in the form that all of this program compares: as {@link #path}
     * writes it. A server leaves backticks out where its own grammar does not need them, so its
     * answers are brought to this form before anything is looked up by them.
     *
     * @param path as a server writes it
     */
    public static String normal(String path) {
        return path(PathNode.split(path));
    }

    /**
     * Spells it for people: {@code root.kanban.*.device_*}. The server compares names as it writes
     * them, and {@code `device_a.b`} begins with a backtick, so this misses devices; see {@link
     * #wholeNodePattern()}.
     */
    @Override
    public String pattern() {
        StringBuilder pattern = new StringBuilder("root");
        for (Node node : nodes.subList(1, nodes.size())) {
            pattern.append('.');
            if (node.isFixed()) {
                pattern.append(PathNode.quote(node.parts().get(0).text()));
            } else {
                Part first = node.parts().get(0);
                boolean prefixed = !first.isColumn() && !PathNode.needsQuotes(first.text());
                pattern.append(prefixed ? first.text() + "*" : "*");
            }
        }
        return pattern.toString();
    }

    /**
     * Returns a pattern of whole nodes, which deletions need: {@code root.kanban.*.*}. Matches
     * other devices too.
     */
    public String wholeNodePattern() {
        StringBuilder pattern = new StringBuilder("root");
        for (Node node : nodes.subList(1, nodes.size())) {
            pattern.append('.');
            pattern.append(node.isFixed() ? PathNode.quote(node.parts().get(0).text()) : "*");
        }
        return pattern.toString();
    }

    /**
     * Tells whether a device's path, as the server writes it, could have come from this template.
     */
    public boolean matches(String device) {
        List<String> names = PathNode.split(device);
        if (names.size() != nodes.size()) {
            return false;
        }
        for (int i = 1; i < names.size(); i++) {
            StringBuilder regex = new StringBuilder();
            for (Part part : nodes.get(i).parts()) {
                regex.append(part.isColumn() ? ".+" : Pattern.quote(part.text()));
            }
            if (!Pattern.compile(regex.toString(), Pattern.DOTALL)
                    .matcher(names.get(i))
                    .matches()) {
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
        List<Node> having = nodes.stream().filter(n -> has(n, column)).toList();
        return !having.isEmpty()
                && having.stream()
                        .allMatch(n -> n.parts().stream().filter(Part::isColumn).count() == 1)
                && lookups(column).isEmpty();
    }

    private static boolean has(Node node, String column) {
        return node.parts().stream()
                .anyMatch(part -> part.isColumn() && part.text().equalsIgnoreCase(column));
    }

    /**
     * Tells whether a device that matches has a value of a column, which stands in nodes of its
     * own.
     *
     * @param text as it stands in a device's name
     */
    @Override
    public boolean hasValue(String device, String column, String text) {
        List<String> names = PathNode.split(device);
        for (int i = 1; i < nodes.size(); i++) {
            if (has(nodes.get(i), column)) {
                StringBuilder name = new StringBuilder();
                nodes.get(i).parts().forEach(p -> name.append(p.isColumn() ? text : p.text()));
                return names.get(i).contentEquals(name);
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

    /**
     * Returns this template with one more node of fixed text and a column: {@code <device>.v{k}}.
     */
    public DeviceTemplate withNode(String text, String column) {
        List<Node> longer = new ArrayList<>(nodes);
        longer.add(new Node(List.of(new Part(false, text), new Part(true, column))));
        return new DeviceTemplate(longer);
    }

    /**
     * Returns this template with a node for what the rows of a tall table are named by: text and
     * columns in braces, as the config has them.
     */
    public DeviceTemplate withRow(String row) {
        List<Node> longer = new ArrayList<>(nodes);
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < row.length(); ) {
            boolean column = row.charAt(from) == '{';
            int found = row.indexOf(column ? '}' : '{', from);
            int end = found < 0 ? row.length() : found;
            parts.add(new Part(column, row.substring(column ? from + 1 : from, end)));
            from = column ? end + 1 : end;
        }
        longer.add(new Node(parts));
        return new DeviceTemplate(longer);
    }

    /** Spells the name of a measurement of a tall table with the columns of its last node. */
    String shownLast(String measurement) {
        StringBuilder row = new StringBuilder();
        for (Part part : nodes.get(nodes.size() - 1).parts()) {
            String name = part.lookup() == null ? part.text() : part.lookup().reference();
            row.append(part.isColumn() ? "{" + name + "}" : part.text());
        }
        return NamePattern.of(PathNode.split(measurement).get(0)).name(row.toString());
    }

    /** Returns the columns of the last node, which name the rows of a tall table. */
    public List<String> lastColumns() {
        return new DeviceTemplate(nodes.subList(nodes.size() - 1, nodes.size())).columns();
    }

    /** Returns all look-ups of a column's value, in order of appearance. */
    public List<Lookup> lookups(String column) {
        return parts().filter(p -> p.lookup() != null && p.text().equals(column))
                .map(Part::lookup)
                .distinct()
                .toList();
    }

    /** Tells whether anything is looked up. */
    public boolean hasLookups() {
        return parts().anyMatch(p -> p.lookup() != null);
    }

    private Stream<Part> parts() {
        return nodes.stream().flatMap(n -> n.parts().stream());
    }

    /**
     * Returns a template with look-ups in place of what names them.
     *
     * @param of the look-up of a name in braces; null if it is the name of a column
     */
    DeviceTemplate withLookups(Function<String, @Nullable Lookup> of) {
        List<Node> looked = new ArrayList<>();
        for (Node node : nodes) {
            List<Part> parts = new ArrayList<>();
            for (Part part : node.parts()) {
                Lookup lookup = part.isColumn() ? of.apply(part.text()) : null;
                parts.add(
                        lookup == null
                                ? part
                                : new Part(
                                        true,
                                        part.text().substring(0, part.text().indexOf('.')),
                                        lookup));
            }
            looked.add(new Node(parts));
        }
        return new DeviceTemplate(looked);
    }

    /** Returns the leading nodes without a column, at least {@code root}. */
    public String fixedPrefix() {
        StringBuilder prefix = new StringBuilder("root");
        for (Node node : nodes.subList(1, nodes.size())) {
            if (!node.isFixed()) {
                break;
            }
            prefix.append('.').append(PathNode.quote(node.parts().get(0).text()));
        }
        return prefix.toString();
    }
}
