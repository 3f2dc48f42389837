package io.iotdbmigrate.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first of many things, spread over their groups: where one group would take all the room, its
 * last ones give way to the first ones of others. Not thread-safe.
 */
public final class Spread<T> {
    private final int most;
    private final List<Kept<T>> kept = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private record Kept<T>(String group, T item) {}

    /**
     * @param most things are kept, 0 or more
     */
    public Spread(int most) {
        this.most = most;
    }

    /** Takes one, if there is room or its group has fewer than another. */
    public void add(String group, T item) {
        if (kept.size() >= most) {
            int own = counts.getOrDefault(group, 0);
            String largest = largest();
            if (counts.getOrDefault(largest, 0) <= own + 1) {
                return;
            }
            removeLast(largest);
        }
        kept.add(new Kept<>(group, item));
        counts.merge(group, 1, Integer::sum);
    }

    /** Returns those that are kept, in the order in which they came. */
    public List<T> items() {
        return kept.stream().map(Kept::item).toList();
    }

    private String largest() {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private void removeLast(String group) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).group().equals(group)) {
                kept.remove(i);
                counts.merge(group, -1, Integer::sum);
                return;
            }
        }
    }
}
