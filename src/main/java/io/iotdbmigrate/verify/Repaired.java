package io.iotdbmigrate.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a repair.
 *
 * @param left rows that were left alone because MySQL's values changed meanwhile
 * @param notRepairable sentences about rows that cannot be mended
 * @param after what a look at both sides afterwards found; null if nothing was written
 */
public record Repaired(
        Plan plan,
        Execution execution,
        long left,
        List<String> notRepairable,
        @Nullable After after) {

    /** How much of the plan was carried out. */
    public enum Execution {
        /** None: only the plan was asked for. */
        PLANNED,
        /** None: too much would have been lost, and nobody said yes. */
        DECLINED,
        /** What was to be written; deletions were not allowed. */
        WITHOUT_DELETIONS,
        /** All of it. */
        DONE
    }

    /**
     * What mends the differences.
     *
     * @param rowsToWrite rows of which values are written
     * @param rowsToDelete rows that only IoTDB has
     * @param pointsToDelete values of these rows, and of rows whose value is null in MySQL
     * @param unknownDevices devices with rows to delete of which MySQL has no row at all
     * @param examples some of them
     */
    public record Plan(
            long rowsToWrite,
            long pointsToWrite,
            long rowsToDelete,
            long pointsToDelete,
            long unknownDevices,
            List<String> examples) {
        public Plan {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Both sides once it is done.
     *
     * @param stillDifferent rows of the plan that differ
     * @param devices whose rows were touched, and counted on both sides
     * @param differingDevices those of them that have another number of rows in IoTDB
     */
    public record After(long stillDifferent, long devices, long differingDevices) {
        boolean equal() {
            return stillDifferent == 0 && differingDevices == 0;
        }
    }

    public Repaired {
        notRepairable = List.copyOf(notRepairable);
    }

    /**
     * Returns the same with the attributes of devices, which count as values of their last rows.
     *
     * @param clears attributes that MySQL has not
     * @param kept whether these were not allowed to go
     * @param stillDifferent devices that differ afterwards
     * @param changing devices that were left alone because MySQL's values changed meanwhile
     */
    public Repaired withAttributes(
            long devices,
            long writes,
            long clears,
            boolean kept,
            long stillDifferent,
            long changing) {
        After done = after;
        return new Repaired(
                new Plan(
                        plan.rowsToWrite() + devices,
                        plan.pointsToWrite() + writes,
                        plan.rowsToDelete(),
                        plan.pointsToDelete() + clears,
                        plan.unknownDevices(),
                        plan.examples()),
                kept ? Execution.WITHOUT_DELETIONS : execution,
                left + changing,
                notRepairable,
                done == null
                        ? null
                        : new After(
                                done.stillDifferent() + stillDifferent,
                                done.devices(),
                                done.differingDevices()));
    }

    /** Tells whether anything was written at all. */
    public boolean executed() {
        return after != null;
    }

    /** Tells whether all differences are mended. */
    public boolean complete() {
        return after != null && after.equal() && left == 0 && notRepairable.isEmpty();
    }
}
