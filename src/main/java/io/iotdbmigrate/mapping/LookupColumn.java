package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Fingerprint;
import io.iotdbmigrate.model.TableId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A column of a small table, by the key of its rows, as it was when it was read. A look-up is one
 * of them, or a chain in which the value of one is the key of the next.
 *
 * @param reference as the config has it, such as {@code itemid.key_}
 * @param key the column that is looked for
 * @param value the column that is found
 * @param onRename what a replication does when a value in use changes
 * @param rows the values by their keys, as texts; a null is an empty text
 */
public record LookupColumn(
        String reference,
        TableId table,
        Column key,
        Column value,
        OnRename onRename,
        Map<String, String> rows)
        implements FollowedTable {

    /** Returns the same with other rows. */
    public LookupColumn withRows(Map<String, String> other) {
        return new LookupColumn(reference, table, key, value, onRename, other);
    }

    /** Returns the name of the look-up in the config. */
    public String lookup() {
        return reference.substring(0, reference.lastIndexOf('.'));
    }

    /**
     * Returns the look-up whose values are the keys of this one; empty if a column of the mapped
     * table has the keys.
     */
    public Optional<String> before() {
        return Optional.of(lookup()).filter(name -> name.indexOf('.') >= 0);
    }

    /** Returns the column of the mapped table with which the chain begins. */
    public String root() {
        return root(reference);
    }

    /** Returns the column of the mapped table with which a reference begins. */
    public static String root(String reference) {
        return reference.substring(0, reference.indexOf('.'));
    }

    /** Returns the text of a value in a row of the look-up's table; null for a null. */
    public static @Nullable String text(Column column, @Nullable Object value) {
        return value == null ? null : CanonicalText.of(value, column.type());
    }

    /** Returns the value of which a text is, of the same kind as another value. */
    public static Object value(String text, @Nullable Object like) {
        if (like instanceof String) {
            return text;
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /** Returns the hash of the rows. */
    public String hash() {
        return hash(rows);
    }

    static String hash(Map<String, String> rows) {
        Fingerprint hash = new Fingerprint();
        new TreeMap<>(rows).forEach(hash::add);
        return hash.hex();
    }

    /** Returns the key and the value. */
    @Override
    public List<Column> columns() {
        return List.of(key, value);
    }

    @Override
    public OnPartitionDrop onPartitionDrop() {
        return OnPartitionDrop.FAIL;
    }

    @Override
    public boolean followsEmptied() {
        return false;
    }

    @Override
    public boolean everyColumn() {
        return false;
    }

    @Override
    public Optional<String> patternOf(TableId other) {
        return Optional.empty();
    }
}
