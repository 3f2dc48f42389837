package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import io.iotdbmigrate.flink.cdc.CascadedKeys;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.KeyClauses;
import io.iotdbmigrate.mysql.binlog.TableNaming;
import io.iotdbmigrate.mysql.dialect.Dialect;
import io.iotdbmigrate.mysql.rows.KeyValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The foreign keys by which a row event changes rows of mapped tables that have no event. One
 * instance serves the one thread that reads the binlog.
 */
final class Cascades {
    private final KeyReader reader;
    private final ReachingKeys keys;
    private final List<TableMapping> mappings;
    private final Dialect dialect;
    private final Map<Long, TableId> parents = new HashMap<>();
    private Set<CascadingKeys.Key> told = Set.of();

    /** A way to ask the server. */
    interface KeyReader {
        /** Reads the keys that reach a mapped table now. */
        List<CascadingKeys.Key> read();

        /** Tells whether the server logs what its keys change: then none has to be known. */
        boolean areLogged();
    }

    /**
     * @param before those that a checkpoint or the tables' definitions have: MySQL may have dropped
     *     some since
     * @param dialect of the server that has them
     */
    Cascades(
            KeyReader reader,
            Collection<CascadingKeys.Key> before,
            List<TableMapping> mappings,
            Dialect dialect) {
        this.dialect = dialect;
        this.reader = reader;
        this.mappings = List.copyOf(mappings);
        keys = new ReachingKeys(mappings.stream().map(TableMapping::table).distinct().toList());
        keys.take(reader.read(), before);
        before.forEach(this::addUnlessThere);
        keys.prune();
    }

    /**
     * Follows what a statement does to the keys, and to the places of their parents' columns. Those
     * that the server has now count from here on: the events that are read next may be of before.
     */
    void statement(BinlogStatement statement) {
        TableNaming naming = statement.naming();
        if (naming.drops()) {
            keys.dropTables(naming.emptied(keys.tables()));
            keys.prune();
            return;
        }
        List<KeyClauses.Dropped> dropped = statement.keys().dropped();
        Optional<TableId> altered = statement.alteration().table(keys.parents());
        if (!naming.refers() && dropped.isEmpty() && altered.isEmpty() && !names(naming)) {
            return;
        }
        dropped.forEach(keys::drop);
        altered.ifPresent(keys::forgetColumns);
        naming.renamings().forEach(keys::rename);
        keys.take(reader.read(), keys.all());
        statement.keys().cascading().stream().filter(keys::reaches).forEach(this::addUnlessThere);
        keys.prune();
    }

    /** Tells whether it makes or renames a table that keys have, or would have. */
    private boolean names(TableNaming naming) {
        return naming.created().filter(keys::isParent).isPresent()
                || naming.renamings().stream()
                        .anyMatch(r -> keys.concern(r.from()) || keys.concern(r.to()));
    }

    private void addUnlessThere(CascadingKeys.Key key) {
        if (!keys.has(key) && !reader.areLogged()) {
            keys.add(key);
        }
    }

    /** Returns all that are known where the reader is. */
    Collection<CascadingKeys.Key> keys() {
        return keys.all();
    }

    /** Returns all, if they have changed since the last call. */
    Optional<Collection<CascadingKeys.Key>> news() {
        if (keys.all().equals(told)) {
            return Optional.empty();
        }
        told = Set.copyOf(keys.all());
        return Optional.of(told);
    }

    /** Tells whether changes of a table may change rows of a mapped one. */
    boolean begin(String database, String table) {
        return keys.isParent(new TableId(database, table));
    }

    /** Takes in the number of a table, and whether it has the columns that are known. */
    void told(TableMapEventData map) {
        TableId table = new TableId(map.getDatabase(), map.getTable());
        if (!begin(map.getDatabase(), map.getTable())) {
            parents.remove(map.getTableId());
            return;
        }
        parents.put(map.getTableId(), table);
        int width = map.getColumnTypes().length;
        if (!keys.fit(table, width)) {
            keys.forgetColumns(table);
            keys.take(reader.read(), keys.all());
            if (!keys.fit(table, width)) {
                keys.forgetColumns(table);
            }
        }
    }

    /** Tells whether rows of that table are looked at. */
    boolean watches(long number) {
        return parents.containsKey(number);
    }

    /**
     * Looks at rows that were deleted.
     *
     * @return what is to be read anew
     * @throws UserException exit code 6, if a key changes rows with them that cannot be read anew
     */
    List<CascadedKeys> deleted(DeleteRowsEventData rows, Object position) {
        TableId table = parents.get(rows.getTableId());
        if (table == null) {
            return List.of();
        }
        List<CascadedKeys> changed = new ArrayList<>();
        for (CascadingKeys.Key key : keys.of(table)) {
            if (key.cascadesDeletes()) {
                if (isPart(rows.getIncludedColumns()) || !canReread(key)) {
                    throw stop(key, position, "were deleted");
                }
                changed.add(values(key, rows.getRows()));
            }
        }
        return changed;
    }

    /**
     * Looks at rows that were updated.
     *
     * @return what is to be read anew
     * @throws UserException exit code 6, if a key changes rows with them that cannot be read anew
     */
    List<CascadedKeys> updated(UpdateRowsEventData rows, Object position) {
        TableId table = parents.get(rows.getTableId());
        if (table == null) {
            return List.of();
        }
        List<CascadedKeys> changed = new ArrayList<>();
        for (CascadingKeys.Key key : keys.of(table)) {
            if (key.cascadesUpdates() && touches(rows, key)) {
                if (isPart(rows) || !canReread(key)) {
                    throw stop(key, position, "were updated");
                }
                List<Serializable[]> both = new ArrayList<>();
                rows.getRows().forEach(row -> both.addAll(List.of(row.getKey(), row.getValue())));
                changed.add(values(key, both));
            }
        }
        return changed;
    }

    private boolean canReread(CascadingKeys.Key key) {
        return CascadingKeys.canReread(key, keys.all(), mappings);
    }

    /** Returns the values that rows of the parent have or had in the key, as the child has them. */
    private CascadedKeys values(CascadingKeys.Key key, List<Serializable[]> rows) {
        TableMapping child =
                mappings.stream()
                        .filter(m -> m.table().equals(key.child()))
                        .findFirst()
                        .orElseThrow();
        List<Integer> at = key.columns().keySet().stream().sorted().toList();
        List<String> columns =
                at.stream().map(i -> Objects.requireNonNull(key.columns().get(i))).toList();
        Set<List<String>> values = new LinkedHashSet<>();
        for (Serializable[] row : rows) {
            List<String> one = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                MySqlType type = child.columns().get(child.columnIndex(columns.get(i))).type();
                KeyValues.of(row[at.get(i)], type).ifPresent(one::add);
            }
            if (one.size() == columns.size()) {
                values.add(one);
            }
        }
        return new CascadedKeys(
                key.child().database(), key.child().table(), columns, List.copyOf(values));
    }

    private static boolean isPart(BitSet columns) {
        return columns.cardinality() != columns.length();
    }

    private static boolean isPart(UpdateRowsEventData rows) {
        return isPart(rows.getIncludedColumns())
                || !rows.getIncludedColumns().equals(rows.getIncludedColumnsBeforeUpdate());
    }

    private static boolean touches(UpdateRowsEventData rows, CascadingKeys.Key key) {
        if (key.columns().isEmpty() || isPart(rows)) {
            return true;
        }
        for (Map.Entry<Serializable[], Serializable[]> row : rows.getRows()) {
            for (int column : key.columns().keySet()) {
                if (column >= row.getKey().length
                        || !Objects.deepEquals(row.getKey()[column], row.getValue()[column])) {
                    return true;
                }
            }
        }
        return false;
    }

    private UserException stop(CascadingKeys.Key key, Object position, String what) {
        return Stops.rows(
                key.parent(),
                position,
                what
                        + ", and by the foreign key "
                        + key.name()
                        + " ("
                        + key.rules()
                        + ") "
                        + dialect.name()
                        + " changes rows of "
                        + changed(key.child())
                        + ", which it does not log",
                "Let the application or a trigger change those rows in place of the key, "
                        + dialect.withoutCascades()
                        + ". ");
    }

    /** Names the mapped table that a key's child is, or that changes by way of it. */
    private String changed(TableId child) {
        Set<TableId> seen = new LinkedHashSet<>(Set.of(child));
        List<TableId> reached = new ArrayList<>(seen);
        for (int i = 0; i < reached.size(); i++) {
            TableId table = reached.get(i);
            if (mappings.stream().anyMatch(m -> m.table().equals(table))) {
                return table + " with them" + (i == 0 ? "" : ", by way of " + child);
            }
            keys.of(table).stream()
                    .map(CascadingKeys.Key::child)
                    .filter(seen::add)
                    .forEach(reached::add);
        }
        return child + " with them";
    }
}
