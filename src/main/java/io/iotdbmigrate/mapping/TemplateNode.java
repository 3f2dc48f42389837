package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link DeviceTemplate}: literal text and columns, in order. Or a place for several
 * nodes, which a value's own separators make.
 *
 * @param separator at which the only column's value is split into nodes; empty: it is one node
 */
public record TemplateNode(List<Part> parts, String separator) implements Serializable {

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

        private Part replacingLookup(UnaryOperator<Lookup> others) {
            return lookup == null ? this : new Part(isColumn, text, others.apply(lookup));
        }

        /** Returns the text for a column's value; null if the look-up has no row for it. */
        @Nullable String shown(String value) {
            return lookup == null ? value : lookup.values().get(value);
        }
    }

    public TemplateNode {
        parts = List.copyOf(parts);
    }

    /** Makes one node. */
    public TemplateNode(List<Part> parts) {
        this(parts, "");
    }

    /** Tells whether a value becomes as many nodes as it has parts. */
    public boolean splits() {
        return !separator.isEmpty();
    }

    /**
     * Returns the names of its nodes; unquoted, and empty where a value has nothing between
     * separators.
     */
    List<String> names(UnaryOperator<String> valueOf) {
        return splits()
                ? List.of(name(valueOf).split(Pattern.quote(separator), -1))
                : List.of(name(valueOf));
    }

    /**
     * Reads the node that names the rows of a tall table.
     *
     * @param row text and columns in braces, as the config has them; no dot ends it
     */
    static TemplateNode ofRow(String row) {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < row.length(); ) {
            boolean column = row.charAt(from) == '{';
            int found = row.indexOf(column ? '}' : '{', from);
            int end = found < 0 ? row.length() : found;
            parts.add(new Part(column, row.substring(column ? from + 1 : from, end)));
            from = column ? end + 1 : end;
        }
        return new TemplateNode(parts);
    }

    /** Returns the parts that are columns, in order. */
    public List<Part> columns() {
        return parts.stream().filter(Part::isColumn).toList();
    }

    /** Returns the names of its columns, each once. */
    public List<String> columnNames() {
        return columns().stream().map(Part::text).distinct().toList();
    }

    /** Tells whether all devices have the same name here. */
    public boolean isFixed() {
        return columns().isEmpty();
    }

    /** Tells whether anything is looked up for it. */
    public boolean hasLookups() {
        return parts.stream().anyMatch(p -> p.lookup() != null);
    }

    /**
     * Tells whether a column's value stands in it.
     *
     * @param column in any case
     */
    boolean has(String column) {
        return columns().stream().anyMatch(part -> part.text().equalsIgnoreCase(column));
    }

    /** Returns the name of the device whose column values {@code valueOf} gives, unquoted. */
    String name(UnaryOperator<String> valueOf) {
        StringBuilder name = new StringBuilder();
        for (Part part : parts) {
            name.append(part.isColumn() ? part.shown(valueOf.apply(part.text())) : part.text());
        }
        return name.toString();
    }

    /** Returns the text of a node without a column. */
    public String fixedText() {
        return parts.get(0).text();
    }

    /**
     * Reads the text of the only column out of a node's name.
     *
     * @return empty if the name is not of this node
     */
    public Optional<String> read(String name) {
        int at = parts.indexOf(columns().get(0));
        String before = text(parts.subList(0, at));
        String behind = text(parts.subList(at + 1, parts.size()));
        return name.length() > before.length() + behind.length()
                        && name.startsWith(before)
                        && name.endsWith(behind)
                ? Optional.of(name.substring(before.length(), name.length() - behind.length()))
                : Optional.empty();
    }

    private static String text(List<Part> literals) {
        StringBuilder text = new StringBuilder();
        literals.forEach(part -> text.append(part.text()));
        return text.toString();
    }

    /** Tells whether a name could have come from this node. */
    boolean matches(String name) {
        StringBuilder regex = new StringBuilder();
        for (Part part : parts) {
            regex.append(part.isColumn() ? ".+" : Pattern.quote(part.text()));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }

    /** Returns a pattern of names: {@code device_*}, or the name itself if it is fixed. */
    String pattern() {
        Part first = parts.get(0);
        boolean prefixed = !first.isColumn() && !PathNode.needsQuotes(first.text());
        return isFixed() || !prefixed ? wholePattern() : first.text() + "*";
    }

    /**
     * Returns a pattern of whole nodes: {@code *}, {@code **} if they may be several, or the name
     * itself if it is fixed.
     */
    String wholePattern() {
        return isFixed() ? PathNode.quote(fixedText()) : splits() ? "**" : "*";
    }

    /** Spells it with what its columns are called in the config: {@code {itemid.key_}}. */
    String spelled() {
        StringBuilder spelled = new StringBuilder();
        for (Part part : parts) {
            String name = part.lookup() == null ? part.text() : part.lookup().reference();
            spelled.append(part.isColumn() ? "{" + name + separator + "}" : part.text());
        }
        return spelled.toString();
    }

    /**
     * Returns this node with look-ups in place of what names them.
     *
     * @param of the look-up of a name in braces; null if it is the name of a column
     */
    TemplateNode withLookups(Function<String, @Nullable Lookup> of) {
        List<Part> looked = new ArrayList<>();
        for (Part part : parts) {
            Lookup lookup = part.isColumn() ? of.apply(part.text()) : null;
            looked.add(
                    lookup == null
                            ? part
                            : new Part(
                                    true,
                                    part.text().substring(0, part.text().indexOf('.')),
                                    lookup));
        }
        return new TemplateNode(looked, separator);
    }

    /** Returns this node with other look-ups in place of those that it has. */
    TemplateNode replacingLookups(UnaryOperator<Lookup> others) {
        return new TemplateNode(
                parts.stream().map(p -> p.replacingLookup(others)).toList(), separator);
    }
}
