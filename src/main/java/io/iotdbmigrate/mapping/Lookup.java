package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a name in place of a column's value: a column of a small table, or of one behind
 * it, as it was when a command began. Two are equal if they have the same content.
 *
 * @param reference as the config has it, such as {@code itemid.key_}
 * @param hash of the content
 * @param values by the text of the looked-up column's value
 * @param gone keys among them that have no row any more: what is in IoTDB keeps the name
 */
public record Lookup(String reference, String hash, Map<String, String> values, Set<String> gone)
        implements Serializable {
    /** Makes one of which no key is gone. */
    public Lookup(String reference, String hash, Map<String, String> values) {
        this(reference, hash, values, Set.of());
    }

    /**
     * Makes one of a column, or of a chain of them.
     *
     * @param columns by their references
     * @param gone keys of a column that have no row any more
     */
    public static Lookup of(
            String reference,
            Function<String, LookupColumn> columns,
            Function<String, Set<String>> gone) {
        Map<String, String> values = Map.copyOf(names(reference, columns, LookupColumn::rows));
        return new Lookup(
                reference,
                LookupColumn.hash(values),
                values,
                values.keySet().stream()
                        .filter(key -> isGone(key, reference, columns, gone))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isGone(
            String key,
            String reference,
            Function<String, LookupColumn> columns,
            Function<String, Set<String>> gone) {
        LookupColumn last = columns.apply(reference);
        if (last.before().isEmpty()) {
            return gone.apply(reference).contains(key);
        }
        String before = last.before().get();
        String between = names(before, columns, LookupColumn::rows).get(key);
        return isGone(key, before, columns, gone) || gone.apply(reference).contains(between);
    }

    /**
     * Returns the view of what a reference finds.
     *
     * @param rows of a column
     */
    public static Map<String, String> names(
            String reference,
            Function<String, LookupColumn> columns,
            Function<LookupColumn, Map<String, String>> rows) {
        LookupColumn last = columns.apply(reference);
        return last.before()
                .<Map<String, String>>map(
                        before -> new ChainedNames(names(before, columns, rows), rows.apply(last)))
                .orElseGet(() -> rows.apply(last));
    }

    /** Returns the same without what it finds, for who is told that otherwise. */
    public Lookup withoutValues() {
        return new Lookup(reference, hash, Map.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lookup lookup
                && reference.equals(lookup.reference)
                && hash.equals(lookup.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return reference;
    }
}
