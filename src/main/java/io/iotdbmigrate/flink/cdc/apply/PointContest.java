package io.iotdbmigrate.flink.cdc.apply;

import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.mapping.UnitColumns;
import io.iotdbmigrate.model.TargetRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one (device, time), which come table by table in the declared order and by key within
 * a table: who stands, and which columns any of them has set. Not thread-safe.
 */
public final class PointContest {
    private final UnitColumns columns;
    private final BitSet everSet = new BitSet();
    private final List<Standing> standing = new ArrayList<>(1);
    private int rows;

    /** The row of a table that stands before the others of its table. */
    private record Standing(int writer, TargetRow row) {}

    public PointContest(UnitColumns columns) {
        this.columns = columns;
    }

    /**
     * Takes the next row.
     *
     * @return which table's row gave way, -1: none, it is the first
     */
    public int add(int writer, TargetRow row, OnDuplicate policy) {
        rows++;
        List<Integer> written = columns.writers().get(writer);
        for (int m = 0; m < written.size(); m++) {
            if (row.values()[m] != null) {
                everSet.set(written.get(m));
            }
        }
        int last = standing.size() - 1;
        int before = last < 0 ? -1 : standing.get(last).writer();
        if (before != writer) {
            standing.add(new Standing(writer, row));
        } else if (policy == OnDuplicate.LAST) {
            standing.set(last, new Standing(writer, row));
        }
        return before;
    }

    public int rows() {
        return rows;
    }

    /** Returns the last table that has a row and writes a column, for each column; -1: none. */
    private int[] holders() {
        int[] holders = new int[columns.names().size()];
        Arrays.fill(holders, -1);
        for (int i = 0; i < standing.size(); i++) {
            for (int column : columns.writers().get(standing.get(i).writer())) {
                holders[column] = i;
            }
        }
        return holders;
    }

    /** Returns the measurements of a table that a row has set and that are null in what stands. */
    public List<Integer> toClear(int writer) {
        int[] holders = holders();
        List<Integer> cleared = new ArrayList<>();
        for (int column : columns.writers().get(writer)) {
            if (everSet.get(column) && value(holders, column) == null) {
                cleared.add(columns.writers().get(writer).indexOf(column));
            }
        }
        return cleared;
    }

    private @Nullable Object value(int[] holders, int column) {
        Standing holder = standing.get(holders[column]);
        return holder.row().values()[columns.writers().get(holder.writer()).indexOf(column)];
    }

    /**
     * Returns what stands of a table's row: the values that no later table writes; may be empty.
     */
    public TargetRow toWrite(int writer, TargetRow shape) {
        int[] holders = holders();
        Object[] values = new Object[columns.writers().get(writer).size()];
        for (int m = 0; m < values.length; m++) {
            int holder = holders[columns.writers().get(writer).get(m)];
            if (holder >= 0 && standing.get(holder).writer() == writer) {
                values[m] = standing.get(holder).row().values()[m];
            }
        }
        return new TargetRow(shape.device(), shape.time(), values);
    }

    /** Returns the tables that have a row, and any row of them. */
    public List<Integer> writers() {
        return standing.stream().map(Standing::writer).toList();
    }

    public TargetRow any() {
        return standing.get(0).row();
    }
}
