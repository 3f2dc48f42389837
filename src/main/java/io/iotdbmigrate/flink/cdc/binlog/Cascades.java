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
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The foreign keys by which a row event changes rows of mapped tables that have no event. One
 * instance serves the one thread that reads the binlog.
 */
final class Cascades {
    private final Supplier<List<CascadingKeys.Key>> reading;
    private final Set<CascadingKeys.Key> keys;
    private final List<TableMapping> mappings;
    private final Dialect dialect;
    private final Map<Long, TableId> parents = new HashMap<>();

    /**
     * @param reading reads those that reach a mapped table
     * @param dialect of the server that has them
     */
    Cascades(
            Supplier<List<CascadingKeys.Key>> reading,
            List<TableMapping> mappings,
            Dialect dialect) {
        this.dialect = dialect;
        this.reading = reading;
        this.keys = new LinkedHashSet<>(reading.get());
        this.mappings = List.copyOf(mappings);
    }

    /**
     * Reads the keys anew. Those that are gone by now stay: the events that are read next may be of
     * before.
     */
    void readAnew() {
        keys.addAll(reading.get());
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
     * @return what is to be read anew
     * @throws UserException exit code 6, if a key changes rows with them that cannot be read anew
     */
    List<CascadedKeys> deleted(DeleteRowsEventData rows, Object position) {
        TableId table = parents.get(rows.getTableId());
        List<CascadedKeys> changed = new ArrayList<>();
        for (CascadingKeys.Key key : keys) {
            if (key.parent().equals(table) && key.cascadesDeletes()) {
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
        List<CascadedKeys> changed = new ArrayList<>();
        for (CascadingKeys.Key key : keys) {
            if (key.parent().equals(table) && key.cascadesUpdates() && touches(rows, key)) {
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
        return CascadingKeys.canReread(key, keys, mappings);
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
        Set<List<Long>> values = new LinkedHashSet<>();
        for (Serializable[] row : rows) {
            List<Long> one = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                if (row[at.get(i)] instanceof Number number) {
                    MySqlType type = child.columns().get(child.columnIndex(columns.get(i))).type();
                    one.add(number(number.longValue(), type));
                }
            }
            if (one.size() == columns.size()) {
                values.add(one);
            }
        }
        return new CascadedKeys(
                key.child().database(), key.child().table(), columns, List.copyOf(values));
    }

    /**
     * Returns a number as the column has it: the client takes all for signed ones. One beyond a
     * long is named by its bits.
     */
    private static long number(long value, MySqlType type) {
        if (!type.unsigned()) {
            return value;
        }
        return switch (type.kind()) {
            case TINYINT -> value & 0xFF;
            case SMALLINT -> value & 0xFFFF;
            case MEDIUMINT -> value & 0xFF_FFFF;
            case INT -> value & 0xFFFF_FFFFL;
            default -> value;
        };
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
                        + key.child()
                        + " with them, which it does not log",
                "Let the application or a trigger change those rows in place of the key, "
                        + dialect.withoutCascades()
                        + ". ");
    }
}
