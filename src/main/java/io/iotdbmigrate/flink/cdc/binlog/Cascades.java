package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The foreign keys by which a row event changes rows of mapped tables that have no event. One
 * instance serves the one thread that reads the binlog.
 */
final class Cascades {
    private static final String REMEDY =
            "Let the application or a trigger change those rows in place of the key, or use MySQL"
                    + " 9.6 or later. ";

    private final List<CascadingKeys.Key> keys;
    private final Map<Long, TableId> parents = new HashMap<>();

    /**
     * @param keys those that reach a mapped table
     */
    Cascades(List<CascadingKeys.Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Tells whether changes of a table may change rows of a mapped one. */
    boolean begin(String database, String table) {
        return keys.stream()
                .anyMatch(
                        k ->
                                k.parent().table().equals(table)
                                        && k.parent().database().equals(database));
    }

    /** Takes in the number of a table. */
    void told(TableMapEventData map) {
        if (begin(map.getDatabase(), map.getTable())) {
            parents.put(map.getTableId(), new TableId(map.getDatabase(), map.getTable()));
        } else {
            parents.remove(map.getTableId());
        }
    }

    /** Tells whether rows of that table are looked at. */
    boolean watches(long number) {
        return parents.containsKey(number);
    }

    /**
     * Looks at rows that were deleted.
     *
     * @throws UserException exit code 6, if a key changes rows with them
     */
    void deleted(long number, Object position) {
        TableId table = parents.get(number);
        for (CascadingKeys.Key key : keys) {
            if (key.parent().equals(table) && key.cascadesDeletes()) {
                throw stop(key, position, "were deleted");
            }
        }
    }

    /**
     * Looks at rows that were updated.
     *
     * @throws UserException exit code 6, if a key changes rows with them
     */
    void updated(UpdateRowsEventData rows, Object position) {
        TableId table = parents.get(rows.getTableId());
        for (CascadingKeys.Key key : keys) {
            if (key.parent().equals(table) && key.cascadesUpdates() && touches(rows, key)) {
                throw stop(key, position, "were updated");
            }
        }
    }

    private static boolean touches(UpdateRowsEventData rows, CascadingKeys.Key key) {
        if (key.columns().isEmpty()
                || rows.getIncludedColumns().cardinality() != rows.getIncludedColumns().length()
                || !rows.getIncludedColumns().equals(rows.getIncludedColumnsBeforeUpdate())) {
            return true;
        }
        for (Map.Entry<Serializable[], Serializable[]> row : rows.getRows()) {
            for (int column : key.columns()) {
                if (column >= row.getKey().length
                        || !Objects.deepEquals(row.getKey()[column], row.getValue()[column])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static UserException stop(CascadingKeys.Key key, Object position, String what) {
        return Stops.rows(
                key.parent(),
                position,
                what
                        + ", and by the foreign key "
                        + key.name()
                        + " ("
                        + key.rules()
                        + ") MySQL changes rows of "
                        + key.child()
                        + " with them, which it does not log",
                REMEDY);
    }
}
