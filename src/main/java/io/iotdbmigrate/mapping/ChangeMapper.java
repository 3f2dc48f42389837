package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.RowPolicies.OnDelete;
import io.iotdbmigrate.config.RowPolicies.OnUpdate;
import io.iotdbmigrate.model.Change;
import io.iotdbmigrate.model.Change.Kind;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.RejectedRow;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mapper that turns a row event into what it means for IoTDB, by the mapping's {@code on_update}
 * and {@code on_delete}. One instance serves one mapping on one thread.
 */
public final class ChangeMapper {
    private static final Mapped NOTHING = new Mapped(List.of(), null);

    private final int index;
    private final TableMapping mapping;
    private final RowMapper rows;
    private final boolean mayCollapse;
    private final int[] keyColumns;
    private final Heirs heirs;

    /** The greatest key of any row so far; null: of none that was seen. */
    private @Nullable Long greatest;

    /**
     * @param index the mapping's place among those of the job
     * @param mayCollapse whether two rows of the table can share device and time
     * @param greatest no row that is read later had a greater key before; null: not known
     */
    public ChangeMapper(
            int index,
            TableMapping mapping,
            boolean mayCollapse,
            @Nullable Long greatest,
            Heirs heirs) {
        this.heirs = heirs;
        this.greatest = greatest;
        this.index = index;
        this.mapping = mapping;
        this.rows = new RowMapper(mapping);
        this.mayCollapse = mayCollapse;
        this.keyColumns = mapping.pointColumns().stream().mapToInt(c -> c).toArray();
    }

    /** A finder of rows that may have come to the place of one of a key that is gone. */
    @FunctionalInterface
    public interface Heirs {
        /** Returns the row as one of the key that has its names now; null: no other has them. */
        @Nullable Object @Nullable [] of(@Nullable Object[] row);
    }

    /**
     * What a row event leads to.
     *
     * @param changes in the order in which they are to be applied; none if nothing is to be done
     * @param rejected the row, if its new state cannot be mapped
     */
    public record Mapped(List<Change> changes, @Nullable RejectedRow rejected) {}

    /**
     * Maps an insertion: a row was inserted; canonical values, see {@link
     * io.iotdbmigrate.model.MySqlType}.
     */
    public Mapped inserted(@Nullable Object[] after) {
        return added(isNewest(after) ? Kind.INSERT : Kind.ARRIVAL, after);
    }

    /**
     * Tells whether a new row has a greater key than all before it. A server that numbers rows lets
     * transactions commit in another order, and takes numbers that are given.
     */
    private boolean isNewest(@Nullable Object[] after) {
        if (!mayCollapse || mapping.keyColumns().size() != 1) {
            return true;
        }
        if (!(after[mapping.keyColumns().get(0)] instanceof Long key)) {
            return false;
        }
        Long before = greatest;
        if (before == null || key > before) {
            greatest = key;
        }
        return before != null && key > before;
    }

    /** Returns the greatest key of any row so far; null if it is not known. */
    public @Nullable Long greatest() {
        return greatest;
    }

    /** Maps a row that MySQL had before, and IoTDB had not. */
    public Mapped arrived(@Nullable Object[] after) {
        return added(Kind.ARRIVAL, after);
    }

    private Mapped added(Kind kind, @Nullable Object[] after) {
        if (!mapping.filter().takes(after)) {
            return NOTHING;
        }
        List<Change> changes = new ArrayList<>();
        RejectedRow rejected = put(kind, after, changes);
        return new Mapped(changes, rejected);
    }

    /**
     * Maps a deletion: a row was deleted.
     *
     * @throws UserException if {@code on_delete} is fail
     */
    public Mapped deleted(@Nullable Object[] before, ChangePosition position) {
        if (!mapping.filter().takes(before)) {
            return NOTHING;
        }
        List<Change> changes = new ArrayList<>();
        remove(before, position, changes);
        return new Mapped(changes, null);
    }

    /**
     * Maps an update: a row was updated. One by which the row leaves the filter is a deletion, and
     * one by which it comes into it is an arrival.
     *
     * @throws UserException if {@code on_update} is fail, or the row moved and {@code on_delete} is
     */
    public Mapped updated(
            @Nullable Object[] before, @Nullable Object[] after, ChangePosition position) {
        if (Arrays.deepEquals(before, after)) {
            return NOTHING;
        }
        if (!mapping.filter().takes(before)) {
            return arrived(after);
        }
        if (!mapping.filter().takes(after)) {
            return deleted(before, position);
        }
        if (mapping.onUpdate() == OnUpdate.FAIL) {
            throw refused("updated", "on_update", before, position);
        }
        List<Change> changes = new ArrayList<>();
        TargetRow old = targetOf(before);
        TargetRow now = targetOf(after);
        boolean stays =
                old != null
                        && now != null
                        && old.device().equals(now.device())
                        && old.time() == now.time();
        if (stays && mapping.onUpdate() == OnUpdate.IGNORE) {
            return NOTHING;
        }
        if (!stays && old != null) {
            remove(before, position, changes);
        }
        RejectedRow rejected = put(stays ? Kind.UPDATE : Kind.ARRIVAL, after, changes);
        return new Mapped(changes, rejected);
    }

    private @Nullable TargetRow targetOf(@Nullable Object[] row) {
        return rows.map(row) instanceof RowMapper.Mapped mapped ? mapped.row() : null;
    }

    private @Nullable RejectedRow put(Kind kind, @Nullable Object[] row, List<Change> changes) {
        RowMapper.Result result = rows.map(row);
        if (result instanceof RowMapper.Rejected rejected) {
            return rejected.row();
        }
        TargetRow target = ((RowMapper.Mapped) result).row();
        changes.add(
                new Change(index, kind, target.device(), target.time(), target.values(), key(row)));
        return null;
    }

    /** Removes a row. A row that could not be mapped is not in IoTDB. */
    private void remove(@Nullable Object[] before, ChangePosition position, List<Change> changes) {
        if (mapping.onDelete() == OnDelete.FAIL) {
            throw refused("deleted", "on_delete", before, position);
        }
        TargetRow old = targetOf(before);
        if (mapping.onDelete() != OnDelete.IGNORE && old != null) {
            Object[] values = marksWithValues() ? old.values() : null;
            Object[] heir = heirs.of(before);
            List<Object> key = heir == null ? key(before) : pointKey(heir);
            changes.add(new Change(index, Kind.DELETE, old.device(), old.time(), values, key));
        }
    }

    /** Tells whether a row that is marked has in IoTDB the values that MySQL had last. */
    private boolean marksWithValues() {
        return mapping.onDelete() == OnDelete.MARK
                && mapping.onUpdate() != OnUpdate.IGNORE
                && mapping.onUpdate() != OnUpdate.VERSION;
    }

    private List<Object> key(@Nullable Object[] row) {
        return mayCollapse ? pointKey(row) : List.of();
    }

    private List<Object> pointKey(@Nullable Object[] row) {
        if (mapping.keepsWholeRows()) {
            // TAGs may be null. MySQL finds such rows by the device's text.
            List<Object> names = new ArrayList<>(List.of(mapping.name()));
            names.addAll(RowNames.of(mapping, row));
            return names;
        }
        List<Object> key = new ArrayList<>();
        for (int column : keyColumns) {
            key.add(Objects.requireNonNull(row[column]));
        }
        key.addAll(RowNames.of(mapping, row));
        return key;
    }

    private UserException refused(
            String what, String setting, @Nullable Object[] row, ChangePosition position) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "row "
                        + rows.name(row)
                        + " of "
                        + mapping.table()
                        + " was "
                        + what
                        + " at "
                        + position
                        + ", and "
                        + setting
                        + " is fail; set "
                        + setting
                        + " of this mapping to another value and start cdc again: it goes on"
                        + " before this change");
    }
}
