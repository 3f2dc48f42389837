package io.iotdbmigrate.verify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first of many things, spread over their groups: where one group would take all the room, its
 * last ones give way to the first ones of others. Not thread-safe.
 */
public final class Spread<T> {
    private final int most;
    private final Map<String, Deque<Kept<T>>> groups = new HashMap<>();

    /** The groups by how many things they have: there may be a group for each of many things. */
    private final NavigableMap<Integer, Set<String>> bySize = new TreeMap<>();

    private int size;
    private long came;

    private record Kept<T>(long number, T item) {}

    /**
     * @param most things are kept, 0 or more
     */
    public Spread(int most) {
        this.most = most;
    }

    /** Takes one, if there is room or its group has fewer than another. */
    public void add(String group, T item) {
        Deque<Kept<T>> own = groups.get(group);
        if (size >= most && !makeRoom(own == null ? 0 : own.size())) {
            return;
        }
        if (own == null) {
            own = new ArrayDeque<>();
            groups.put(group, own);
        }
        own.add(new Kept<>(came++, item));
        size++;
        move(group, own.size() - 1, own.size());
    }

    /**
     * Removes the last one of the largest group.
     *
     * @param own how many the group has that wants the room
     * @return false if that group is about as large
     */
    private boolean makeRoom(int own) {
        if (bySize.isEmpty() || bySize.lastKey() <= own + 1) {
            return false;
        }
        String largest = requireNonNull(bySize.get(bySize.lastKey())).iterator().next();
        Deque<Kept<T>> kept = requireNonNull(groups.get(largest));
        kept.removeLast();
        size--;
        move(largest, kept.size() + 1, kept.size());
        return true;
    }

    private void move(String group, int before, int now) {
        if (before > 0) {
            Set<String> former = requireNonNull(bySize.get(before));
            former.remove(group);
            if (former.isEmpty()) {
                bySize.remove(before);
            }
        }
        bySize.computeIfAbsent(now, n -> new LinkedHashSet<>()).add(group);
    }

    /** Returns those that are kept, in the order in which they came. */
    public List<T> items() {
        return groups.values().stream()
                .flatMap(Collection::stream)
                .sorted(Comparator.comparingLong(Kept::number))
                .map(Kept::item)
                .toList();
    }
}
