package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.config.LookupConfig.OnRename;
import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.LookupColumn;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.names.LookedUpAttributes.AttributeKey;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that look-ups give at one place in the binlog. It begins with what the tables held when
 * the backfill read them, and follows their changes from there: a new key is taken, and a key keeps
 * the name under which its rows are in IoTDB. Not thread-safe.
 */
public final class KnownNames {
    private final List<LookupColumn> columns;
    private final Map<String, LookupColumn> byReference = new HashMap<>();
    private final Map<String, Set<String>> gone = new HashMap<>();

    /** By the column of the mapped table: keys that came later and have named no row yet. */
    private final Map<String, Set<String>> unused = new HashMap<>();

    /** By the column of the mapped table: keys of rows that were rejected for want of a name. */
    private final Map<String, Set<String>> waiting = new HashMap<>();

    private final List<LateKey> late = new ArrayList<>();

    private final List<TableMapping> mappings;
    private final NameOwnership owners;
    private final LookedUpAttributes attributes;
    private boolean changed = true;

    /**
     * What a checkpoint keeps of a column.
     *
     * @param gone keys that have no row any more
     * @param unused keys that have named no row yet
     * @param waiting keys of rows that were rejected for want of a name
     */
    public record Stored(
            String reference,
            Map<String, String> rows,
            Set<String> gone,
            Set<String> unused,
            Set<String> waiting) {}

    /**
     * @param columns with the rows to begin with
     * @param mappings whose look-ups are to be these
     * @param earlier what a checkpoint has kept; empty: there is none
     */
    public KnownNames(
            List<LookupColumn> columns, List<TableMapping> mappings, List<Stored> earlier) {
        this.columns =
                columns.stream().map(c -> c.withRows(new HashMap<>(rows(c, earlier)))).toList();
        this.columns.forEach(column -> byReference.put(column.reference(), column));
        for (Stored stored : earlier) {
            if (byReference.containsKey(stored.reference())) {
                gone.put(stored.reference(), new HashSet<>(stored.gone()));
                unused(LookupColumn.root(stored.reference())).addAll(stored.unused());
                waiting(LookupColumn.root(stored.reference())).addAll(stored.waiting());
            }
        }
        Map<String, Lookup> live = new HashMap<>();
        this.mappings =
                mappings.stream()
                        .map(
                                m ->
                                        m.withLookups(
                                                l ->
                                                        live.computeIfAbsent(
                                                                l.reference(), this::live)))
                        .toList();
        this.owners = new NameOwnership(this.mappings, this::isGone);
        this.attributes = new LookedUpAttributes(this.mappings, this::names);
    }

    private static Map<String, String> rows(LookupColumn column, List<Stored> earlier) {
        return earlier.stream()
                .filter(stored -> stored.reference().equals(column.reference()))
                .map(Stored::rows)
                .findFirst()
                .orElse(column.rows());
    }

    private Lookup live(String reference) {
        return new Lookup(reference, "", names(reference));
    }

    private Map<String, String> names(String reference) {
        return Lookup.names(reference, byReference::get, LookupColumn::rows);
    }

    private boolean isGone(String root, String key) {
        return columns.stream()
                .filter(c -> c.before().isEmpty() && c.root().equals(root))
                .anyMatch(c -> gone(c).contains(key));
    }

    private Set<String> gone(LookupColumn column) {
        return gone.computeIfAbsent(column.reference(), r -> new HashSet<>());
    }

    private Set<String> unused(String root) {
        return unused.computeIfAbsent(root, r -> new HashSet<>());
    }

    private Set<String> waiting(String root) {
        return waiting.computeIfAbsent(root, r -> new HashSet<>());
    }

    /** Returns the mappings, whose look-ups are views of the names as they are. */
    public List<TableMapping> mappings() {
        return mappings;
    }

    /** Tells whether anything changed since it was last asked. */
    public boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Returns what a checkpoint has to keep. */
    public List<Stored> stored() {
        return columns.stream()
                .map(
                        c ->
                                new Stored(
                                        c.reference(),
                                        c.rows(),
                                        gone(c),
                                        unused(c.root()),
                                        waiting(c.root())))
                .toList();
    }

    /**
     * Follows a change of a row.
     *
     * @param column its index
     * @param before key and value; null for an insertion
     * @param after key and value; null for a deletion
     * @return what it means for rows that are in IoTDB
     * @throws UserException exit code 6, if the replication cannot go on
     */
    public List<NameChange> follow(
            int column,
            @Nullable Object @Nullable [] before,
            @Nullable Object @Nullable [] after,
            ChangePosition position) {
        LookupColumn of = columns.get(column);
        String from = before == null ? null : LookupColumn.text(of.key(), before[0]);
        String to = after == null ? null : LookupColumn.text(of.key(), after[0]);
        Map<AttributeKey, Optional<String>> attributesBefore = attributes.of(of, from, to);
        List<NameChange> changes = new ArrayList<>();
        if (from != null && !from.equals(to)) {
            leave(of, from, position).ifPresent(changes::add);
        }
        if (to != null) {
            String value = LookupColumn.text(of.value(), Objects.requireNonNull(after)[1]);
            take(of, to, value == null ? "" : value, position).ifPresent(changes::add);
        }
        attributes.changed(attributesBefore, attributes.of(of, from, to));
        return changes;
    }

    /** Returns the attributes of devices that changed since it was last asked. */
    public List<AttributeName> takeAttributes() {
        return attributes.take();
    }

    private Optional<NameChange> leave(LookupColumn of, String key, ChangePosition position) {
        if (attributes.only(of)) {
            changed |= of.rows().remove(key) != null;
            return Optional.empty();
        }
        String name = of.rows().get(key);
        if (name == null || name.isEmpty() || !gone(of).add(key)) {
            return Optional.empty();
        }
        changed = true;
        owners.forget(of, key);
        return isInUse(of, key)
                ? Optional.of(change(of, key, name, "", position))
                : Optional.empty();
    }

    private Optional<NameChange> take(
            LookupColumn of, String key, String name, ChangePosition position) {
        if (attributes.only(of)) {
            changed |= !name.equals(of.rows().put(key, name));
            return Optional.empty();
        }
        String known = of.rows().get(key);
        boolean returns = gone(of).remove(key);
        if (name.equals(known)) {
            changed |= returns;
            owners.requireOne(of, key, position);
            return Optional.empty();
        }
        boolean renames = known != null && !known.isEmpty() && isInUse(of, key);
        if (renames && of.onRename() == OnRename.FAIL) {
            throw NameStops.renamed(change(of, key, known, name, position), of);
        }
        owners.forget(of, key);
        of.rows().put(key, name);
        if (known == null && of.before().isEmpty()) {
            unused(of.root()).add(key);
        }
        changed = true;
        owners.requireOne(of, key, position);
        if (known == null || known.isEmpty()) {
            late(of, key);
        }
        return renames ? Optional.of(change(of, key, known, name, position)) : Optional.empty();
    }

    /** Looks which keys have all their names since one was taken. */
    private void late(LookupColumn of, String key) {
        Set<String> waited = waiting(of.root());
        Set<String> found = new HashSet<>(waited);
        found.addAll(keysThrough(of, key));
        found.removeIf(k -> !isNamed(of.root(), k));
        found.forEach(k -> late.add(new LateKey(of.root(), k, waited.remove(k))));
    }

    /** Returns the keys of the mapped tables whose names come by way of a key of a look-up. */
    private List<String> keysThrough(LookupColumn of, String key) {
        return of.before()
                .map(before -> Lookup.names(before, byReference::get, LookupColumn::rows))
                .map(
                        keys ->
                                keys.entrySet().stream()
                                        .filter(e -> e.getValue().equals(key))
                                        .map(Map.Entry::getKey)
                                        .toList())
                .orElse(List.of(key));
    }

    private boolean isNamed(String root, String key) {
        return mappings.stream()
                .flatMap(m -> m.device().lookups(root).stream())
                .noneMatch(lookup -> lookup.values().getOrDefault(key, "").isEmpty());
    }

    /** Returns keys that have got their names since it was last asked. */
    public List<LateKey> takeLate() {
        List<LateKey> taken = List.copyOf(late);
        late.clear();
        return taken;
    }

    /** Takes note that a row of a mapping was rejected, maybe for want of a name. */
    public void rejected(int mapping, @Nullable Object[] row) {
        TableMapping of = mappings.get(mapping);
        for (String root : of.device().columns()) {
            int column = of.columnIndex(root);
            String key = LookupColumn.text(of.columns().get(column), row[column]);
            if (key != null && !of.device().lookups(root).isEmpty() && !isNamed(root, key)) {
                changed |= waiting(root).add(key);
            }
        }
    }

    /**
     * Returns the row as one of the key that has its names now, where its own key has no row any
     * more and another one took them over; null if none did. The two may share a point.
     */
    public @Nullable Object @Nullable [] heir(int mapping, @Nullable Object[] row) {
        if (gone.values().stream().allMatch(Set::isEmpty)) {
            return null;
        }
        @Nullable Object[] heir = row.clone();
        owners.inherit(mappings.get(mapping), heir);
        return Arrays.equals(heir, row) ? null : heir;
    }

    private static NameChange change(
            LookupColumn of, String key, String name, String newName, ChangePosition position) {
        return new NameChange(
                of.reference(), of.table().toString(), key, name, newName, position.toString());
    }

    /** Tells whether rows in IoTDB may have the name. */
    private boolean isInUse(LookupColumn of, String key) {
        Set<String> waiting = unused(of.root());
        return keysThrough(of, key).stream().anyMatch(k -> !waiting.contains(k));
    }

    /** Takes note that a row of a mapping was named. */
    public void named(int mapping, @Nullable Object @Nullable [] row) {
        if (row == null || unused.values().stream().allMatch(Set::isEmpty)) {
            return;
        }
        TableMapping of = mappings.get(mapping);
        for (Map.Entry<String, Set<String>> keys : unused.entrySet()) {
            if (of.device().columns().contains(keys.getKey())) {
                int column = of.columnIndex(keys.getKey());
                String key = LookupColumn.text(of.columns().get(column), row[column]);
                changed |= key != null && keys.getValue().remove(key);
            }
        }
    }

    /** Takes note that rows of a key were named. */
    public void named(LateKey key) {
        changed |= unused(key.column()).remove(key.key());
    }
}
