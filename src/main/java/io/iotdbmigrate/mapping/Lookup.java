package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a name in place of a column's value: a column of a small table, or of one behind
 * it, as it was when a command began. Two are equal if they have the same content.
 *
 * @param reference as the config has it, such as {@code itemid.key_}
 * @param hash of the content
 * @param values by the text of the looked-up column's value
 */
public record Lookup(String reference, String hash, Map<String, String> values)
        implements Serializable {

    /**
     * Makes one of a column, or of a chain of them.
     *
     * @param columns by their references
     */
    public static Lookup of(String reference, Function<String, LookupColumn> columns) {
        Map<String, String> values = Map.copyOf(names(reference, columns, LookupColumn::rows));
        return new Lookup(reference, LookupColumn.hash(values), values);
    }

    /**
     * Returns the view of what a reference finds.
     *
     * @param rows of a column
     */
    static Map<String, String> names(
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
