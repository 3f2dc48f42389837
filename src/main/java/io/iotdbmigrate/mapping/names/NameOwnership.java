package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The owners of the names in all templates, each kind of template once. Not thread-safe. */
final class NameOwnership {
    private final List<NameOwners> owners;

    /**
     * @param mappings whose look-ups are views of the names as they are
     * @param isGone whether a key of a mapped table's column has no row any more
     */
    NameOwnership(List<TableMapping> mappings, BiPredicate<String, String> isGone) {
        Map<List<String>, NameOwners> found = new LinkedHashMap<>();
        for (TableMapping mapping : mappings) {
            for (String column : mapping.device().toldByLookups()) {
                List<Lookup> lookups = mapping.device().lookups(column);
                found.computeIfAbsent(
                        lookups.stream().map(Lookup::reference).toList(),
                        r -> new NameOwners(lookups, key -> isGone.test(column, key)));
            }
        }
        owners = List.copyOf(found.values());
    }

    /** Forgets who owns the names that come by way of a key of a look-up, before they change. */
    void forget(LookupColumn of, String key) {
        for (NameOwners names : through(of)) {
            if (of.before().isEmpty()) {
                names.forget(key);
            } else {
                names.forget();
            }
        }
    }

    /**
     * Takes the names that come by way of a key of a look-up.
     *
     * @throws UserException exit code 6, if another key has the same
     */
    void requireOne(LookupColumn of, String key, ChangePosition position) {
        for (NameOwners names : through(of)) {
            Optional<String> other = names.take(key);
            if (other.isPresent()) {
                throw NameStops.shared(of, names, key, other.get(), position);
            }
        }
    }

    /** Puts into a row the keys that own the names of those of its keys that have no row. */
    void inherit(TableMapping mapping, @Nullable Object[] row) {
        owners.forEach(names -> names.inherit(mapping, row));
    }

    private List<NameOwners> through(LookupColumn of) {
        String next = of.reference() + ".";
        return owners.stream()
                .filter(
                        o ->
                                o.lookups().stream()
                                        .map(Lookup::reference)
                                        .anyMatch(
                                                r ->
                                                        r.equals(of.reference())
                                                                || r.startsWith(next)))
                .toList();
    }
}
