package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.RowNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.rows.DuplicateRows.Point;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Points of a mapping with look-ups, which came with the names of their rows. */
public final class NamedPoints {
    private NamedPoints() {}

    /** Tells whether rows of a mapping have names from look-ups. */
    public static boolean has(TableMapping mapping) {
        return mapping.device().hasLookups();
    }

    /**
     * Returns the points in parts, in each of which every key has one name.
     *
     * @param rows of a point: canonical values of the columns of device and time, then the names
     */
    public static <K> Map<RowNames, Map<Point, K>> parts(
            TableMapping mapping, Map<Point, K> asked, Function<K, Collection<List<Object>>> rows) {
        Map<RowNames, Map<Point, K>> parts = new LinkedHashMap<>();
        asked.forEach(
                (point, key) -> {
                    Collection<List<Object>> own = rows.apply(key);
                    RowNames names =
                            parts.keySet().stream()
                                    .filter(known -> addAll(known, mapping, own))
                                    .findFirst()
                                    .orElseGet(() -> with(mapping, own));
                    parts.computeIfAbsent(names, n -> new LinkedHashMap<>()).put(point, key);
                });
        return parts;
    }

    private static boolean addAll(
            RowNames names, TableMapping mapping, Collection<List<Object>> rows) {
        return rows.stream().allMatch(row -> names.add(mapping, row));
    }

    private static RowNames with(TableMapping mapping, Collection<List<Object>> rows) {
        RowNames names = new RowNames();
        addAll(names, mapping, rows);
        return names;
    }
}
