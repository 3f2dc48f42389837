package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.Map;
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
