package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names that look-ups gave to rows, as they travel with changes: who asks MySQL about those
 * rows need not know the look-ups. Each key has one name in it. Not thread-safe.
 */
public final class RowNames {
    /** A look-up, a key and its name. */
    private static final int TOLD = 3;

    private final Map<String, Map<String, String>> names = new HashMap<>();

    /**
     * Returns the names of a row, in the order of the template; none without look-ups. In the table
     * model, where values may be null, each has the look-up and the key before it.
     */
    public static List<String> of(TableMapping mapping, @Nullable Object[] row) {
        List<String> names = new ArrayList<>();
        for (String column : mapping.device().columns()) {
            int index = mapping.columnIndex(column);
            for (Lookup lookup : mapping.device().lookups(column)) {
                String key = LookupColumn.text(mapping.columns().get(index), row[index]);
                if (!mapping.keepsWholeRows()) {
                    names.add(Objects.requireNonNull(lookup.values().get(key)));
                } else if (key != null) {
                    names.add(lookup.reference());
                    names.add(key);
                    names.add(Objects.requireNonNull(lookup.values().get(key)));
                }
            }
        }
        return names;
    }

    /**
     * Takes the names of a row in.
     *
     * @param point canonical values of the columns of device and time, then the names as {@link
     *     #of} has them; in the table model anything may stand before these
     * @return whether they were taken: not if a key has another name here already
     */
    public boolean add(TableMapping mapping, List<Object> point) {
        return mapping.keepsWholeRows() ? addTold(point) : addInOrder(mapping, point);
    }

    private boolean addTold(List<Object> point) {
        Map<String, Map<String, String>> own = new HashMap<>();
        for (int at = point.size() % TOLD; at < point.size(); at += TOLD) {
            if (!add(
                    (String) point.get(at),
                    (String) point.get(at + 1),
                    (String) point.get(at + 2),
                    own)) {
                return false;
            }
        }
        own.forEach((reference, added) -> of(reference).putAll(added));
        return true;
    }

    private boolean add(
            String reference, String key, String name, Map<String, Map<String, String>> own) {
        String known = names.getOrDefault(reference, Map.of()).get(key);
        own.computeIfAbsent(reference, r -> new HashMap<>()).put(key, name);
        return known == null || known.equals(name);
    }

    private boolean addInOrder(TableMapping mapping, List<Object> point) {
        Map<String, Map<String, String>> own = new HashMap<>();
        DeviceTemplate template = mapping.template();
        List<String> columns = template.columns();
        int next = point.size() - count(template);
        for (int i = 0; i < columns.size(); i++) {
            Column column = mapping.columns().get(mapping.columnIndex(columns.get(i)));
            for (Lookup lookup : template.lookups(columns.get(i))) {
                String key = CanonicalText.of(point.get(i), column.type());
                if (!add(lookup.reference(), key, (String) point.get(next++), own)) {
                    return false;
                }
            }
        }
        own.forEach((reference, added) -> of(reference).putAll(added));
        return true;
    }

    private static int count(DeviceTemplate template) {
        return template.columns().stream().mapToInt(c -> template.lookups(c).size()).sum();
    }

    private Map<String, String> of(String reference) {
        return names.computeIfAbsent(reference, r -> new HashMap<>());
    }

    /** Returns a mapping whose look-ups find these names and no others. */
    public TableMapping in(TableMapping mapping) {
        return mapping.withLookups(l -> new Lookup(l.reference(), "", of(l.reference())));
    }
}
