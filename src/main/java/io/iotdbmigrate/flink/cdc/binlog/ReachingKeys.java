package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.binlog.KeyClauses;
import io.iotdbmigrate.mysql.binlog.TableNaming.Renaming;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The foreign keys that reach mapped tables at a place in the binlog, also by way of others, and
 * what statements make of them. Not thread-safe.
 */
final class ReachingKeys {
    private final Collection<TableId> mapped;
    private final Set<CascadingKeys.Key> keys = new LinkedHashSet<>();

    ReachingKeys(Collection<TableId> mapped) {
        this.mapped = List.copyOf(mapped);
    }

    /** Returns all. */
    Set<CascadingKeys.Key> all() {
        return Collections.unmodifiableSet(keys);
    }

    /** Returns those by which changes of a table change others. */
    List<CascadingKeys.Key> of(TableId parent) {
        return keys.stream().filter(k -> isSame(k.parent(), parent)).toList();
    }

    /** Tells whether what is known of a parent's columns holds for rows of so many. */
    boolean fit(TableId parent, int width) {
        return of(parent).stream().allMatch(k -> k.fits(width));
    }

    /** Returns the tables whose changes change others. */
    List<TableId> parents() {
        return keys.stream().map(CascadingKeys.Key::parent).toList();
    }

    /** Returns all tables that have to do with one. */
    List<TableId> tables() {
        return keys.stream().flatMap(k -> Stream.of(k.child(), k.parent())).distinct().toList();
    }

    /** Tells whether changes of a table change others. */
    boolean isParent(TableId table) {
        return keys.stream().anyMatch(k -> isSame(k.parent(), table));
    }

    /** Tells whether one of them has a table, or may get one by its name. */
    boolean concern(TableId table) {
        return mapped.stream().anyMatch(m -> isSame(m, table))
                || keys.stream().anyMatch(k -> isSame(k.child(), table))
                || isParent(table);
    }

    /** Tells whether a key is one of them. */
    boolean has(CascadingKeys.Key key) {
        return keys.stream().anyMatch(k -> isSame(k, key));
    }

    /** Adds a key. */
    void add(CascadingKeys.Key key) {
        keys.add(key);
    }

    /**
     * Takes those that the server has now.
     *
     * @param before those that tell where the parents had their columns at this place
     */
    void take(Collection<CascadingKeys.Key> now, Collection<CascadingKeys.Key> before) {
        List<CascadingKeys.Key> placed = now.stream().map(key -> placed(key, before)).toList();
        keys.removeIf(key -> placed.stream().anyMatch(n -> isSame(n, key)));
        keys.addAll(placed);
    }

    private static CascadingKeys.Key placed(
            CascadingKeys.Key key, Collection<CascadingKeys.Key> before) {
        return before.stream()
                .filter(b -> !b.columns().isEmpty() && isSame(b, key))
                .findFirst()
                .map(
                        b ->
                                new CascadingKeys.Key(
                                        key.child(),
                                        key.name(),
                                        key.parent(),
                                        key.onDelete(),
                                        key.onUpdate(),
                                        b.columns(),
                                        b.width()))
                .orElse(key);
    }

    /** Forgets where a parent has its columns: they have other places from here on. */
    void forgetColumns(TableId parent) {
        List<CascadingKeys.Key> own = of(parent);
        own.forEach(keys::remove);
        own.forEach(k -> keys.add(k.withoutColumns()));
    }

    /** Takes away a key. One without a name goes only if it is its child's only one of them. */
    void drop(KeyClauses.Dropped dropped) {
        if (keys.removeIf(dropped::is)) {
            return;
        }
        List<CascadingKeys.Key> unnamed = keys.stream().filter(dropped::mayBe).toList();
        if (unnamed.size() == 1) {
            keys.removeAll(unnamed);
        }
    }

    /**
     * Takes away the keys of tables that are gone. Those that refer to one stay: the server drops a
     * parent only unchecked, and they hold for the next table of its name.
     */
    void dropTables(Collection<TableId> gone) {
        keys.removeIf(key -> gone.stream().anyMatch(t -> isSame(t, key.child())));
        gone.forEach(this::forgetColumns);
    }

    /** Gives a table another name, which its keys follow. */
    void rename(Renaming renaming) {
        List<CascadingKeys.Key> own =
                keys.stream()
                        .filter(
                                k ->
                                        isSame(k.parent(), renaming.from())
                                                || isSame(k.child(), renaming.from()))
                        .toList();
        own.forEach(keys::remove);
        for (CascadingKeys.Key key : own) {
            CascadingKeys.Key renamed = renamed(key, renaming);
            keys.removeIf(k -> isSame(k, renamed));
            keys.add(renamed);
        }
    }

    private static CascadingKeys.Key renamed(CascadingKeys.Key key, Renaming renaming) {
        boolean child = isSame(key.child(), renaming.from());
        return new CascadingKeys.Key(
                child ? renaming.to() : key.child(),
                child ? nameOfChild(key.name(), renaming) : key.name(),
                isSame(key.parent(), renaming.from()) ? renaming.to() : key.parent(),
                key.onDelete(),
                key.onUpdate(),
                key.columns(),
                key.width());
    }

    /** Returns the name of a key whose child gets another one: those that MySQL gave follow it. */
    private static String nameOfChild(String key, Renaming renaming) {
        String given = renaming.from().table() + KeyClauses.GIVEN;
        return key.startsWith(given)
                ? renaming.to().table() + KeyClauses.GIVEN + key.substring(given.length())
                : key;
    }

    /** Tells whether a key's child is mapped, or changes others itself. */
    boolean reaches(CascadingKeys.Key key) {
        return mapped.stream().anyMatch(m -> isSame(m, key.child())) || isParent(key.child());
    }

    /** Takes away those that reach no mapped table any more. */
    void prune() {
        Set<CascadingKeys.Key> reaching = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (CascadingKeys.Key key : keys) {
                boolean ends =
                        mapped.stream().anyMatch(m -> isSame(m, key.child()))
                                || reaching.stream().anyMatch(k -> isSame(k.parent(), key.child()));
                more |= ends && reaching.add(key);
            }
        }
        keys.retainAll(reaching);
    }

    /** Tells whether two are one; the columns of one may not be known, and its name. */
    private static boolean isSame(CascadingKeys.Key one, CascadingKeys.Key other) {
        boolean named = !one.name().isEmpty() && !other.name().isEmpty();
        return isSame(one.child(), other.child())
                && isSame(one.parent(), other.parent())
                && (!named || one.name().equalsIgnoreCase(other.name()))
                && one.cascadesDeletes() == other.cascadesDeletes()
                && one.cascadesUpdates() == other.cascadesUpdates();
    }

    /** Tells whether two names mean one table. */
    private static boolean isSame(TableId one, TableId other) {
        return one.database().equalsIgnoreCase(other.database())
                && one.table().equalsIgnoreCase(other.table());
    }
}
