package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action that repairs one row.
 *
 * @param write values by measurement, the others null
 * @param writes how many of them are not null
 * @param delete measurements whose points go
 * @param whole whether MySQL has no such row
 * @param overwrites whether a value that IoTDB has is replaced
 * @param row all values of MySQL's row; null if it has none or was not read again
 */
@SuppressWarnings("ArrayRecordComponent")
record RepairAction(
        RowKey key,
        @Nullable Object[] write,
        int writes,
        List<Integer> delete,
        boolean whole,
        boolean overwrites,
        @Nullable Object @Nullable [] row) {
    RepairAction {
        delete = List.copyOf(delete);
    }

    /**
     * Returns the values to write: all that MySQL's row has, for IoTDB 2.0.1-beta answers older
     * values of a row that is written in part.
     */
    @Nullable Object[] written() {
        return row == null ? write : row;
    }

    DeviceKey device() {
        return new DeviceKey(key.table(), key.device());
    }

    /** A plan for a row: what repairs it, or why nothing can, for people. */
    record Plan(@Nullable RepairAction action, String obstacle) {}

    /**
     * Plans the repair of a row.
     *
     * @param now the row of MySQL; null if it has none or was not read again
     */
    static Plan plan(Difference difference, TableRules of, @Nullable SideRow now) {
        RowKey key = difference.key();
        Object[] write = new Object[of.columns().size()];
        int writes = 0;
        boolean overwrites = false;
        List<Integer> delete = new ArrayList<>();
        for (Cell cell : difference.cells()) {
            int column = of.column(key.device(), cell.column());
            Optional<String> obstacle = obstacle(of, difference, cell, column);
            if (obstacle.isPresent()) {
                return new Plan(null, key.device() + " at " + key.time() + ": " + obstacle.get());
            }
            if (cell.mysql() != null) {
                write[column] = written(cell.mysql(), of.types().get(column));
                writes++;
                overwrites |= cell.iotdb() != null;
            } else {
                delete.add(column);
            }
        }
        boolean whole = difference instanceof Difference.Extra;
        return new Plan(
                new RepairAction(
                        key,
                        write,
                        writes,
                        delete,
                        whole,
                        overwrites,
                        now == null ? null : now.values()),
                "");
    }

    private static Object written(Value value, TargetType type) {
        return value.type() == type ? value.value() : new TypedValue(value.type(), value.value());
    }

    private static Optional<String> obstacle(
            TableRules of, Difference difference, Cell cell, int column) {
        if (column < 0) {
            return Optional.of(
                    cell.column() + " marks a row as deleted that MySQL has; delete the mark");
        }
        if (of.hasVersions() && !(difference instanceof Difference.Missing)) {
            return Optional.of(
                    "on_update: version keeps corrections, which are not overwritten; correct it"
                            + (of.wholeRows()
                                    ? " in the device's row of the highest _version"
                                    : " under the device's highest version"));
        }
        if (cell.iotdb() != null
                && cell.mysql() != null
                && cell.iotdb().type() != cell.mysql().type()) {
            return Optional.of(
                    "series "
                            + cell.column()
                            + " is "
                            + cell.iotdb().type()
                            + ", not "
                            + cell.mysql().type()
                            + "; drop the series, then repair again");
        }
        return Optional.empty();
    }
}
