package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that look-ups give to devices. A changed name is a new value of them; the device
 * stays the same. Not thread-safe.
 */
final class LookedUpAttributes {
    private final Map<String, Lookup> attributes = new LinkedHashMap<>();
    private final Set<String> naming = new HashSet<>();
    private final Function<String, Map<String, String>> names;
    private final List<AttributeName> changed = new ArrayList<>();

    /**
     * @param mappings whose look-ups are views of the names as they are
     * @param names that a reference gives, such a view too
     */
    LookedUpAttributes(List<TableMapping> mappings, Function<String, Map<String, String>> names) {
        this.names = names;
        for (TableMapping mapping : mappings) {
            mapping.attributes().stream()
                    .map(Measurement::lookup)
                    .filter(Objects::nonNull)
                    .forEach(lookup -> attributes.putIfAbsent(lookup.reference(), lookup));
            for (String column : mapping.device().columns()) {
                mapping.device().lookups(column).forEach(l -> naming.add(l.reference()));
            }
        }
    }

    /** Tells whether a column gives no device its name. */
    boolean only(LookupColumn of) {
        return naming.stream().noneMatch(reference -> leadsThrough(of, reference));
    }

    private static boolean leadsThrough(LookupColumn of, String reference) {
        return reference.equals(of.reference()) || reference.startsWith(of.reference() + ".");
    }

    /** Returns what attributes the devices of a row's keys have, before and behind its change. */
    Map<AttributeKey, Optional<String>> of(
            LookupColumn column, @Nullable String from, @Nullable String to) {
        Map<AttributeKey, Optional<String>> found = new HashMap<>();
        if (from != null) {
            found.putAll(of(column, from));
        }
        if (to != null) {
            found.putAll(of(column, to));
        }
        return found;
    }

    private Map<AttributeKey, Optional<String>> of(LookupColumn column, String key) {
        Map<AttributeKey, Optional<String>> found = new HashMap<>();
        attributes.forEach(
                (reference, lookup) -> {
                    if (leadsThrough(column, reference)) {
                        roots(column, key)
                                .forEach(
                                        root ->
                                                found.put(
                                                        new AttributeKey(reference, root),
                                                        value(lookup, root)));
                    }
                });
        return found;
    }

    /** An attribute of the devices of a key. */
    record AttributeKey(String reference, String key) {}

    private static Optional<String> value(Lookup lookup, String key) {
        return Optional.ofNullable(lookup.values().get(key)).filter(name -> !name.isEmpty());
    }

    private List<String> roots(LookupColumn column, String key) {
        return column.before()
                .map(
                        before ->
                                names.apply(before).entrySet().stream()
                                        .filter(e -> e.getValue().equals(key))
                                        .map(Map.Entry::getKey)
                                        .toList())
                .orElse(List.of(key));
    }

    /** Takes note of attributes that are others than they were. */
    void changed(
            Map<AttributeKey, Optional<String>> before, Map<AttributeKey, Optional<String>> now) {
        now.forEach(
                (of, value) -> {
                    if (!value.equals(before.get(of))) {
                        changed.add(new AttributeName(of.reference(), of.key(), value));
                    }
                });
    }

    /** Returns what changed since it was last asked. */
    List<AttributeName> take() {
        List<AttributeName> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }
}
