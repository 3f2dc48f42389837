package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys by the names that they have together in one template: two keys with the same names could
 * not be told apart. Not thread-safe.
 */
final class NameOwners {
    private final List<Lookup> lookups;
    private final Predicate<String> isGone;
    private final Map<List<String>, String> owners = new HashMap<>();
    private boolean built;

    /**
     * @param lookups of one column, whose values are views of the names as they are
     * @param isGone whether a key has no row any more: it owns no name
     */
    NameOwners(List<Lookup> lookups, Predicate<String> isGone) {
        this.lookups = List.copyOf(lookups);
        this.isGone = isGone;
    }

    List<Lookup> lookups() {
        return lookups;
    }

    /** Forgets all, for the names of many keys may be others. */
    void forget() {
        owners.clear();
        built = false;
    }

    /** Forgets a key, whose names are about to change. */
    void forget(String key) {
        List<String> names = names(key);
        if (names != null) {
            owners.remove(names, key);
        }
    }

    /** Takes the names of a key and returns another key that has the same; empty if none has. */
    Optional<String> take(String key) {
        if (built) {
            return Optional.ofNullable(own(key));
        }
        built = true;
        return lookups.get(0).values().keySet().stream()
                .map(this::own)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private @Nullable String own(String key) {
        List<String> names = isGone.test(key) ? null : names(key);
        String other = names == null ? null : owners.putIfAbsent(names, key);
        return other == null || other.equals(key) ? null : other;
    }

    /** Puts the key into a row that has the names of its own one, if that has no row any more. */
    void inherit(TableMapping mapping, @Nullable Object[] row) {
        String root = LookupColumn.root(lookups.get(0).reference());
        if (!mapping.device().toldByLookups().contains(root)) {
            return;
        }
        int column = mapping.columnIndex(root);
        String key = LookupColumn.text(mapping.columns().get(column), row[column]);
        List<String> names = key == null || !isGone.test(key) ? null : names(key);
        if (names == null) {
            return;
        }
        if (!built) {
            built = true;
            lookups.get(0).values().keySet().forEach(this::own);
        }
        String heir = owners.get(names);
        if (heir != null) {
            row[column] = LookupColumn.value(heir, row[column]);
        }
    }

    /** Returns the names of a key; null if it has not all of them. */
    @Nullable List<String> names(String key) {
        String[] names = new String[lookups.size()];
        for (int i = 0; i < names.length; i++) {
            String name = lookups.get(i).values().get(key);
            if (name == null || name.isEmpty()) {
                return null;
            }
            names[i] = name;
        }
        return List.of(names);
    }
}
