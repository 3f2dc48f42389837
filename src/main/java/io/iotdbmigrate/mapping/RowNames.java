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
    private final Map<String, Map<String, String>> names = new HashMap<>();

    /** Returns the names of a row, in the order of the template; none without look-ups. */
    public static List<String> of(TableMapping mapping, @Nullable Object[] row) {
        List<String> names = new ArrayList<>();
        if (mapping.device() instanceof DeviceTemplate template) {
            for (String column : template.columns()) {
                int index = mapping.columnIndex(column);
                for (Lookup lookup : template.lookups(column)) {
                    String key = LookupColumn.text(mapping.columns().get(index), row[index]);
                    names.add(Objects.requireNonNull(lookup.values().get(key)));
                }
            }
        }
        return names;
    }

    /**
     * Takes the names of a row in.
     *
     * @param point canonical values of the columns of device and time, then the names
     * @return whether they were taken: not if a key has another name here already
     */
    public boolean add(TableMapping mapping, List<Object> point) {
        Map<String, Map<String, String>> own = new HashMap<>();
        DeviceTemplate template = mapping.template();
        List<String> columns = template.columns();
        int next = point.size() - count(template);
        for (int i = 0; i < columns.size(); i++) {
            Column column = mapping.columns().get(mapping.columnIndex(columns.get(i)));
            for (Lookup lookup : template.lookups(columns.get(i))) {
                String key = CanonicalText.of(point.get(i), column.type());
                String name = (String) point.get(next++);
                String known = names.getOrDefault(lookup.reference(), Map.of()).get(key);
                if (known != null && !known.equals(name)) {
                    return false;
                }
                own.computeIfAbsent(lookup.reference(), r -> new HashMap<>()).put(key, name);
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
