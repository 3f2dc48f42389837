package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.OnDelete;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
        int[] first = new int[mappings.size()];
        for (int i = 0; i < mappings.size(); i++) {
            first[i] = i;
            for (int j = 0; j < i; j++) {
                if (first[j] != first[i] && share(mappings.get(j), mappings.get(i))) {
                    join(first, Math.min(first[i], first[j]), Math.max(first[i], first[j]), i);
                }
            }
        }
        List<TargetUnit> units = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            if (first[i] == i) {
                List<Integer> members = new ArrayList<>();
                for (int j = i; j < first.length; j++) {
                    if (first[j] == i) {
                        members.add(j);
                    }
                }
                units.add(new TargetUnit(members));
            }
        }
        return units;
    }

    private static void join(int[] first, int kept, int gone, int upTo) {
        for (int i = 0; i <= upTo; i++) {
            if (first[i] == gone) {
                first[i] = kept;
            }
        }
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

    private static boolean share(TableMapping one, TableMapping other) {
        return one.device().overlaps(other.device())
                && (one.keepsWholeRows() || !sharedSeries(one, other).isEmpty());
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
