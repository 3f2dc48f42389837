package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mappings that may write the same series of the same devices, such as those of month tables with
 * one template. What IoTDB holds there is the work of all of them, so they are settled, compared,
 * counted and repaired together. Of rows that share device and time the one whose mapping stands
 * last stands.
 *
 * @param mappings indexes into the mappings of a job, ascending: the declared order
 */
public record TargetUnit(List<Integer> mappings) implements Serializable {

    public TargetUnit {
        mappings = List.copyOf(mappings);
    }

    /** Tells whether several mappings are in it. */
    public boolean isShared() {
        return mappings.size() > 1;
    }

    /** Returns all units, in the order of their first mappings; each mapping is in one of them. */
    public static List<TargetUnit> of(List<TableMapping> mappings) {
        // Tables of one shape by a pattern are looked at as one, for there may be thousands.
        Map<Shape, Integer> shapes = new LinkedHashMap<>();
        int[] first = new int[mappings.size()];
        for (int i = 0; i < first.length; i++) {
            TableMapping mapping = mappings.get(i);
            Shape shape = Shape.of(mapping);
            Integer same = shapes.putIfAbsent(shape, i);
            first[i] = same == null || !shape.shares(shape) ? i : same;
        }
        List<Map.Entry<Shape, Integer>> different = List.copyOf(shapes.entrySet());
        for (int i = 0; i < different.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (different.get(j).getKey().shares(different.get(i).getKey())) {
                    join(first, different.get(j).getValue(), different.get(i).getValue());
                }
            }
        }
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < first.length; i++) {
            members.computeIfAbsent(firstOf(first, i), f -> new ArrayList<>()).add(i);
        }
        return members.values().stream().map(TargetUnit::new).toList();
    }

    /**
     * What decides whether two mappings share series.
     *
     * @param wholeRows whether rows are shared that have no series in common
     */
    private record Shape(DeviceNaming device, Set<String> series, boolean wholeRows) {
        static Shape of(TableMapping mapping) {
            return new Shape(
                    mapping.device(),
                    Set.copyOf(TargetUnit.series(mapping)),
                    mapping.keepsWholeRows());
        }

        boolean shares(Shape other) {
            return device.overlaps(other.device())
                    && (wholeRows || !Collections.disjoint(series, other.series()));
        }
    }

    private static void join(int[] first, int one, int other) {
        int a = firstOf(first, one);
        int b = firstOf(first, other);
        first[Math.max(a, b)] = Math.min(a, b);
    }

    private static int firstOf(int[] first, int index) {
        int at = index;
        while (first[at] != at) {
            first[at] = first[first[at]];
            at = first[at];
        }
        return at;
    }

    /** Returns, of each mapping, the index of its unit. */
    public static int[] unitOf(List<TargetUnit> units) {
        int[] unitOf = new int[units.stream().mapToInt(u -> u.mappings().size()).sum()];
        for (int i = 0; i < units.size(); i++) {
            for (int mapping : units.get(i).mappings()) {
                unitOf[mapping] = i;
            }
        }
        return unitOf;
    }

    /** Returns the measurements that both write, as path nodes. */
    public static List<String> sharedSeries(TableMapping one, TableMapping other) {
        Set<String> names = new HashSet<>(series(other));
        return series(one).stream().filter(names::contains).toList();
    }

    /** Returns the measurements that a mapping writes, as path nodes. */
    static List<String> series(TableMapping mapping) {
        List<String> names = new ArrayList<>();
        mapping.measurements().forEach(m -> names.add(m.name()));
        if (mapping.onDelete() == OnDelete.MARK) {
            names.add(mapping.mark());
        }
        return names;
    }
}
