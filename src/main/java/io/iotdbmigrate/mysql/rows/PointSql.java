package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.mapping.TemplateNode;
import io.iotdbmigrate.mapping.TreePath;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL that finds the rows of a table that may come to a point, from the point alone: its device's
 * name is read backwards through the template. It finds too many rather than too few, so whoever
 * asks maps what comes. One instance serves one mapping.
 */
final class PointSql {
    private final TableMapping mapping;
    private final TimePoints time;

    /** The keys of each value of a look-up, by its reference; made when first needed. */
    private final Map<String, Map<String, Set<String>>> keysOf = new HashMap<>();

    PointSql(TableMapping mapping) {
        this.mapping = mapping;
        this.time = new TimePoints(mapping);
    }

    /** A condition and what it is filled with. */
    record Condition(String sql, List<Object> parameters) {
        /** What each row meets. */
        static final Condition ALWAYS = new Condition("(TRUE)", List.of());

        /** Returns what meets one of the conditions, of which there is one at least. */
        static Condition any(List<Condition> conditions) {
            return joined(conditions, " OR ");
        }

        /** Returns what meets both. */
        Condition and(Condition other) {
            Condition both = joined(List.of(this, other), " AND ");
            return new Condition("(" + both.sql + ")", both.parameters);
        }

        private static Condition joined(List<Condition> conditions, String by) {
            return new Condition(
                    conditions.stream().map(Condition::sql).collect(Collectors.joining(by)),
                    conditions.stream().flatMap(c -> c.parameters().stream()).toList());
        }
    }

    /**
     * Returns the condition for points, of which those of one device are asked for together: MySQL
     * compares a row with each device once, and finds its time among the device's by one search.
     *
     * @return empty if no row of the table can come to any of them
     */
    Optional<Condition> anyOf(Collection<Point> points) {
        Map<Device, List<Long>> times = new LinkedHashMap<>();
        for (Point point : points) {
            times.computeIfAbsent(point.device(), d -> new ArrayList<>()).add(point.time());
        }
        List<Condition> any = new ArrayList<>();
        times.forEach(
                (device, of) ->
                        device(device)
                                .flatMap(d -> time.anyOf(of).map(d::and))
                                .ifPresent(any::add));
        return any.isEmpty() ? Optional.empty() : Optional.of(Condition.any(any));
    }

    private Optional<Condition> device(Device device) {
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        if (!addDevice(device.path(), terms, parameters)) {
            return Optional.empty();
        }
        return Optional.of(
                terms.isEmpty()
                        ? Condition.ALWAYS
                        : new Condition(String.join(" AND ", terms), parameters));
    }

    private boolean addDevice(String device, List<String> terms, List<Object> parameters) {
        return mapping.device() instanceof TagNaming tags
                ? addTags(tags, TagValues.parse(device), terms, parameters)
                : mapping.template()
                        .perNode(TreePath.split(device))
                        .filter(names -> addNodes(names, terms, parameters))
                        .isPresent();
    }

    private boolean addTags(
            TagNaming tags, TagValues device, List<String> terms, List<Object> parameters) {
        if (!device.table().equals(tags.table()) || device.values().size() != tags.tags().size()) {
            return false;
        }
        Map<String, Set<String>> lookedUp = new LinkedHashMap<>();
        for (int i = 0; i < device.values().size(); i++) {
            TagNaming.Tag tag = tags.tags().get(i);
            String value = device.values().get(i);
            if (tag.column() == null) {
                if (!Objects.equals(tag.text(), value)) {
                    return false;
                }
                continue;
            }
            Column column = mapping.columns().get(mapping.columnIndex(tag.column()));
            if (tag.lookup() != null && value != null) {
                keep(lookedUp, tag.column(), keys(tag.lookup(), value));
            } else if (value == null) {
                terms.add(SqlName.quote(column.name()) + " IS NULL");
            } else if (!addEqual(value, column, terms, parameters)) {
                return false;
            }
        }
        return addKeys(lookedUp, terms, parameters);
    }

    private static boolean addEqual(
            String value, Column column, List<String> terms, List<Object> parameters) {
        Optional<Object> parameter = parameter(value, column);
        parameter.ifPresent(
                p -> {
                    terms.add(SqlName.quote(column.name()) + " = ?");
                    parameters.add(p);
                });
        return parameter.isPresent();
    }

    private boolean addNodes(List<String> names, List<String> terms, List<Object> parameters) {
        List<TemplateNode> nodes = mapping.template().nodes();
        Map<String, Set<String>> lookedUp = new LinkedHashMap<>();
        for (int i = 1; i < names.size(); i++) {
            if (nodes.get(i).hasLookups()) {
                keys(nodes.get(i), names.get(i), lookedUp);
                continue;
            }
            if (!addNode(nodes.get(i), names.get(i), terms, parameters)) {
                return false;
            }
        }
        return addKeys(lookedUp, terms, parameters);
    }

    /** Finds the keys of a node's look-up, if the node has nothing else to be told from. */
    private void keys(TemplateNode node, String name, Map<String, Set<String>> lookedUp) {
        if (node.columns().size() > 1) {
            return;
        }
        TemplateNode.Part only = node.columns().get(0);
        Lookup lookup = Objects.requireNonNull(only.lookup());
        Set<String> keys = new HashSet<>();
        node.read(name).ifPresent(value -> keys.addAll(keys(lookup, value)));
        keep(lookedUp, only.text(), keys);
    }

    private Set<String> keys(Lookup lookup, String value) {
        return keysOf.computeIfAbsent(lookup.reference(), r -> byValue(lookup))
                .getOrDefault(value, Set.of());
    }

    /** Keeps the keys of a column that all its look-ups allow. */
    private static void keep(Map<String, Set<String>> lookedUp, String column, Set<String> keys) {
        Set<String> known = lookedUp.putIfAbsent(column, new HashSet<>(keys));
        if (known != null) {
            known.retainAll(keys);
        }
    }

    private static Map<String, Set<String>> byValue(Lookup lookup) {
        Map<String, Set<String>> keys = new HashMap<>();
        lookup.values()
                .forEach(
                        (key, value) -> keys.computeIfAbsent(value, v -> new HashSet<>()).add(key));
        return keys;
    }

    private boolean addKeys(
            Map<String, Set<String>> lookedUp, List<String> terms, List<Object> parameters) {
        for (Map.Entry<String, Set<String>> of : lookedUp.entrySet()) {
            Column column = mapping.columns().get(mapping.columnIndex(of.getKey()));
            List<Object> keys = new ArrayList<>();
            of.getValue().forEach(key -> parameter(key, column).ifPresent(keys::add));
            if (keys.isEmpty()) {
                return false;
            }
            terms.add(
                    SqlName.quote(column.name())
                            + " IN ("
                            + String.join(", ", Collections.nCopies(keys.size(), "?"))
                            + ")");
            parameters.addAll(keys);
        }
        return true;
    }

    private boolean addNode(
            TemplateNode node, String name, List<String> terms, List<Object> parameters) {
        List<TemplateNode.Part> columns = node.columns();
        if (columns.size() > 1) {
            terms.add(CountSql.nodeName(mapping, node) + " = ?");
            parameters.add(name);
            return true;
        }
        if (columns.isEmpty()) {
            return name.equals(node.fixedText());
        }
        Column column = mapping.columns().get(mapping.columnIndex(columns.get(0).text()));
        return node.read(name)
                .filter(value -> addEqual(value, column, terms, parameters))
                .isPresent();
    }

    /** Returns a value from its text in a device's name; empty if it is none of the column's. */
    private static Optional<Object> parameter(String text, Column column) {
        Kind kind = column.type().kind();
        try {
            if (kind.isInteger() || kind == Kind.DECIMAL || kind == Kind.YEAR || kind == Kind.BIT) {
                return Optional.of(new BigDecimal(text));
            }
            if (kind.isBinary()) {
                return Optional.of(HexFormat.of().parseHex(text));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(kind == Kind.TIMESTAMP ? text.replace("Z", "") : text);
    }
}
