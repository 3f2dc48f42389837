package io.iotdbmigrate.mapping;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The view of two maps in which the values of the first are the keys of the second. */
final class ChainedNames extends AbstractMap<String, String> {
    private final Map<String, String> first;
    private final Map<String, String> second;

    ChainedNames(Map<String, String> first, Map<String, String> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public @Nullable String get(Object key) {
        String between = first.get(key);
        return between == null ? null : second.get(between);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return first.entrySet().stream()
                .filter(entry -> second.containsKey(entry.getValue()))
                .map(entry -> Map.entry(entry.getKey(), second.get(entry.getValue())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
