package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One entry of {@code iotdb.lookups}: a small table whose columns may stand in names.
 *
 * @param name the column that is looked up; of a chain the look-up before it, a dot and its column
 * @param table {@code table} or {@code database.table}
 * @param key the column of that table that has the value of the looked-up column
 * @param onRename what a replication does when a name in use changes
 */
public record LookupConfig(String name, String table, String key, OnRename onRename)
        implements Serializable {

    /** What a replication does when the name of a key in use changes. */
    public enum OnRename {
        /** It stops before the change. */
        FAIL,
        /** It goes on under the new name; what came before stays under the old one. */
        FORK
    }

    /** Returns the same with another spelling of the table's name. */
    LookupConfig spelling(UnaryOperator<String> names) {
        return new LookupConfig(name, names.apply(table), key, onRename);
    }

    /** Returns the column that is looked up. */
    public String column() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the look-up whose column is looked up; empty if it is one of the mapped table. */
    public Optional<String> before() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(name.substring(0, dot));
    }

    /**
     * Returns the look-up that a name in braces goes through: {@code itemid} of {@code
     * itemid.key_}; empty if it is the name of a column.
     */
    public static Optional<LookupConfig> of(String reference, List<LookupConfig> all) {
        int dot = reference.lastIndexOf('.');
        return all.stream()
                .filter(lookup -> dot > 0 && lookup.name().equals(reference.substring(0, dot)))
                .findFirst();
    }
}
