package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.model.ChangePosition;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How far a replication is: up to and including an event.
 *
 * @param gtid of the event's transaction
 * @param step see {@link RowEvent#step}
 * @param whole whether that was all of its row
 * @param server {@code server_uuid} of the server whose binlog has the position; null if it is not
 *     known
 */
record ChangeProgress(
        @Nullable ChangePosition position,
        @Nullable String gtid,
        int step,
        boolean whole,
        long rows,
        long rejected,
        @Nullable String server) {

    /** Returns everything up to and including this has passed. */
    @Nullable ChangePosition settled() {
        return position == null || whole ? position : position.rowBefore();
    }

    /**
     * Tells whether an event has passed already. After a restore, and when the connection to MySQL
     * was lost, a transaction is read again from its beginning. A transaction never spans two
     * binlog files; with any other it cannot be compared: it may be another server's.
     */
    boolean hasPassed(RowEvent event) {
        return position != null
                && isOfThis(event)
                && (position.isBehind(event.position())
                        || (!event.position().isBehind(position) && event.step() <= step));
    }

    /** Tells whether a mark has passed already. */
    boolean hasPassed(BinlogMark mark) {
        return position != null && isOfThis(mark) && !mark.position().isBehind(position);
    }

    private boolean isOfThis(BinlogEvent event) {
        return position != null
                && position.isInBinlog()
                && event.position().file().equals(position.file())
                && Objects.equals(event.gtid(), gtid);
    }

    ChangeProgress step(int newStep, boolean isWhole) {
        return new ChangeProgress(position, gtid, newStep, isWhole, rows, rejected, server);
    }

    /**
     * Returns the same where followed tables have other indexes.
     *
     * @param indexes of followed tables now by those then, see {@link MappingOrder}
     */
    ChangeProgress reindexed(IntUnaryOperator indexes) {
        return position == null ? this : step(RowEvent.step(step, indexes), whole);
    }

    /** Counts one more row, which stood before this. */
    ChangeProgress counting(boolean rejects) {
        return new ChangeProgress(
                position, gtid, step, whole, rows + 1, rejected + (rejects ? 1 : 0), server);
    }

    /** Moves on behind an event whose rows, if it has any, are not yet applied. */
    ChangeProgress at(BinlogEvent event) {
        return new ChangeProgress(event.position(), event.gtid(), 0, true, rows, rejected, server);
    }

    /** Moves to the place of another server's binlog that follows on what has passed. */
    ChangeProgress on(BinlogMark mark) {
        return mark.name().equals(server) && position != null
                ? this
                : new ChangeProgress(
                        mark.position(), mark.gtid(), 0, true, rows, rejected, mark.name());
    }
}
