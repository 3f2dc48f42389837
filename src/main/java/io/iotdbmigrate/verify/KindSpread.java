package io.iotdbmigrate.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first of many things, spread over their kinds, and those of a kind over their groups: each
 * kind has a fair part of the room. Not thread-safe.
 */
public final class KindSpread<T> {
    private final int most;
    private final Map<String, Spread<Kept<T>>> kinds = new LinkedHashMap<>();
    private long came;

    private record Kept<T>(long number, String group, T item) {}

    /**
     * @param most things are kept, 0 or more
     */
    public KindSpread(int most) {
        this.most = most;
    }

    /** Takes one, if there is room or others have more than their part. */
    public void add(String kind, String group, T item) {
        kinds.computeIfAbsent(kind, k -> new Spread<>(most))
                .add(group, new Kept<>(came++, group, item));
    }

    /** Returns those that are kept, in the order in which they came. */
    public List<T> items() {
        List<List<Kept<T>>> byKind =
                kinds.values().stream()
                        .map(Spread::items)
                        .sorted(Comparator.comparingInt(List::size))
                        .toList();
        List<Kept<T>> kept = new ArrayList<>();
        for (int i = 0; i < byKind.size(); i++) {
            int room = (most - kept.size()) / (byKind.size() - i);
            Spread<Kept<T>> fitting = new Spread<>(room);
            byKind.get(i).forEach(k -> fitting.add(k.group(), k));
            kept.addAll(fitting.items());
        }
        return kept.stream()
                .sorted(Comparator.comparingLong(Kept::number))
                .map(Kept::item)
                .toList();
    }
}
