package io.iotdbmigrate.verify;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.model.TargetType;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is compared and what is allowed to differ; or of several tables that write the
 * same series, which are compared as one.
 *
 * @param name of the table, or of all of them
 * @param mapping the entry of the config that all of them are of; the name if there is none
 * @param tables their names
 * @param columns the measurements, as path nodes
 * @param types of the measurements; a value of another type says so itself
 * @param writers the tables in their declared order, of which the last that has a row stands: the
 *     indexes of the columns that each of them writes
 * @param kept times of rows that are history, whose partitions MySQL has dropped
 * @param wholeRows whether IoTDB has rows of nulls, too, and changes rows as a whole
 */
public record TableRules(
        String name,
        String mapping,
        List<String> tables,
        List<String> columns,
        List<TargetType> types,
        List<List<Integer>> writers,
        OnUpdate onUpdate,
        OnDelete onDelete,
        OnDuplicate onDuplicate,
        KeptTimes kept,
        boolean wholeRows)
        implements Serializable {
    public TableRules {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        types = List.copyOf(types);
        writers = writers.stream().map(List::copyOf).toList();
    }

    /** Makes the rules of a single table, which writes all columns. */
    public TableRules(
            String name,
            List<String> columns,
            List<TargetType> types,
            OnUpdate onUpdate,
            OnDelete onDelete,
            OnDuplicate onDuplicate) {
        this(
                name,
                name,
                List.of(name),
                columns,
                types,
                List.of(IntStream.range(0, columns.size()).boxed().toList()),
                onUpdate,
                onDelete,
                onDuplicate,
                KeptTimes.NONE,
                false);
    }

    /** Makes rules of the tree model. */
    public TableRules(
            String name,
            List<String> columns,
            List<TargetType> types,
            List<List<Integer>> writers,
            OnUpdate onUpdate,
            OnDelete onDelete,
            OnDuplicate onDuplicate,
            KeptTimes kept) {
        this(
                name,
                name,
                List.of(name),
                columns,
                types,
                writers,
                onUpdate,
                onDelete,
                onDuplicate,
                kept,
                false);
    }

    /**
     * Returns which of the columns a measurement of a device is; -1 if none.
     *
     * @param measurement as IoTDB has it, a path node
     */
    int column(String device, String measurement) {
        return IntStream.range(0, columns.size())
                .filter(i -> SeriesPath.node(device, columns.get(i)).equals(measurement))
                .findFirst()
                .orElse(-1);
    }

    /** Tells whether IoTDB has rows on purpose that MySQL has not any more. */
    public boolean keepsGone() {
        return onDelete == OnDelete.IGNORE || !kept.equals(KeptTimes.NONE);
    }

    /**
     * Tells whether a row that MySQL has not is there on purpose.
     *
     * @param time of IoTDB
     */
    public boolean keepsGone(long time) {
        return onDelete == OnDelete.IGNORE || kept.has(time);
    }

    /**
     * Tells whether values can be compared. Under {@code on_update: ignore} IoTDB keeps first
     * values: only presence can be compared.
     */
    public boolean comparesValues() {
        return onUpdate != OnUpdate.IGNORE;
    }

    /**
     * Tells whether emptied rows stay. A row whose values all became null is as it was before: no
     * correction can say so, but one of nulls.
     */
    public boolean keepsEmptied() {
        return onUpdate == OnUpdate.IGNORE || (onUpdate == OnUpdate.VERSION && !wholeRows);
    }

    /**
     * Tells whether there are versions. Corrections are under {@code <device>.v1}, {@code .v2} and
     * so on, or have 1, 2 and so on in a TAG of their own.
     */
    public boolean hasVersions() {
        return onUpdate == OnUpdate.VERSION;
    }

    /**
     * Tells whether rows have marks. Behind its measurements a row from IoTDB has the mark, true or
     * null.
     */
    public boolean hasMarks() {
        return onDelete == OnDelete.MARK;
    }

    /** Tells whether IoTDB keeps nothing of a row: all its measurements are null. */
    public boolean isEmpty(@Nullable Object[] values) {
        if (wholeRows) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (values[i] != null) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a row from IoTDB is marked as deleted. */
    public boolean isMarked(@Nullable Object[] values) {
        return hasMarks()
                && values.length > columns.size()
                && Boolean.TRUE.equals(values[columns.size()]);
    }
}
