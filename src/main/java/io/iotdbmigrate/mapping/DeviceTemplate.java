package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code device_template}: a path whose nodes are made of literal text and columns in braces, e.g.
 * {@code root.kanban.{site}.device_{deviceId}}. A column's value never adds a node: dots and blanks
 * in it are quoted. Only one with a separator behind it does, {@code {path/}}. In a tall table its
 * last node names the rows.
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
        return new DeviceTemplate(TemplateParser.nodes(template));
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
            names.addAll(node.names(valueOf));
        }
        return names;
    }

    /** Tells whether a value may become several nodes. */
    public boolean splits() {
        return splitNode() >= 0;
    }

    /** Returns the index of the node that may become several; -1: there is none. */
    private int splitNode() {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).splits()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the names of a device with one for each node of this template: parts of a value that
     * is split are one name again.
     *
     * @return empty if the device has not as many nodes as one of this template
     */
    public Optional<List<String>> perNode(List<String> names) {
        int split = splitNode();
        int more = names.size() - nodes.size();
        if (split < 0 || more < 0) {
            return more == 0 ? Optional.of(names) : Optional.empty();
        }
        List<String> joined = new ArrayList<>(names.subList(0, split));
        joined.add(
                String.join(nodes.get(split).separator(), names.subList(split, split + more + 1)));
        joined.addAll(names.subList(split + more + 1, names.size()));
        return Optional.of(joined);
    }

    /**
     * Returns the node that one of a device's names comes from.
     *
     * @param names how many it has
     */
    TemplateNode nodeOf(int name, int names) {
        int split = splitNode();
        int more = names - nodes.size();
        return nodes.get(split < 0 || name <= split ? name : Math.max(split, name - more));
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
        return perNode(TreePath.split(device)).filter(this::matches).isPresent();
    }

    private boolean matches(List<String> names) {
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
                && having.stream().allMatch(n -> n.columns().size() == 1 && !n.splits())
                && lookups(column).isEmpty();
    }

    /** Reads a value that stands in nodes of its own. */
    @Override
    public Optional<String> value(String device, String column) {
        List<String> names = perNode(TreePath.split(device)).orElse(List.of());
        for (int i = 1; i < names.size(); i++) {
            if (nodes.get(i).has(column)) {
                return nodes.get(i).read(names.get(i));
            }
        }
        return Optional.empty();
    }

    @Override
    public String correction(String device, int number) {
        return device + ".v" + number;
    }

    @Override
    public boolean overlaps(DeviceNaming naming) {
        return naming instanceof DeviceTemplate other && overlap(nodes, other.nodes);
    }

    /**
     * Tells whether two lists of nodes can come to the same names, of which some may be several.
     */
    private static boolean overlap(List<TemplateNode> one, List<TemplateNode> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        List<TemplateNode> restOfOne = one.subList(1, one.size());
        List<TemplateNode> restOfOther = other.subList(1, other.size());
        boolean oneSplits = one.get(0).splits();
        boolean otherSplits = other.get(0).splits();
        return (oneSplits || otherSplits || NodeOverlap.between(one.get(0), other.get(0)))
                && (overlap(restOfOne, restOfOther)
                        || (oneSplits && overlap(one, restOfOther))
                        || (otherSplits && overlap(restOfOne, other)));
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

    @Override
    public List<Lookup> lookups(String column) {
        return parts().filter(p -> p.lookup() != null && p.text().equals(column))
                .map(TemplateNode.Part::lookup)
                .distinct()
                .toList();
    }

    @Override
    public List<String> toldByLookups() {
        return columns().stream()
                .filter(c -> !lookups(c).isEmpty())
                .filter(
                        c ->
                                parts().noneMatch(
                                                p ->
                                                        p.lookup() == null
                                                                && p.isColumn()
                                                                && p.text().equals(c)))
                .toList();
    }

    /**
     * Returns a template with look-ups in place of what names them.
     *
     * @param of the look-up of a name in braces; null if it is the name of a column
     */
    DeviceTemplate withLookups(Function<String, @Nullable Lookup> of) {
        return new DeviceTemplate(nodes.stream().map(n -> n.withLookups(of)).toList());
    }

    @Override
    public DeviceTemplate replacingLookups(UnaryOperator<Lookup> others) {
        return new DeviceTemplate(nodes.stream().map(n -> n.replacingLookups(others)).toList());
    }
}
