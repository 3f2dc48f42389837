package io.iotdbmigrate.flink;

import io.iotdbmigrate.model.ChangePosition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a replication is: up to and including an event.
 *
 * @param gtid of the event's transaction
 * @param step see {@link RowEvent#step}
 * @param whole whether that was all of its row
 */
record ChangeProgress(
        @Nullable ChangePosition position,
        @Nullable String gtid,
        int step,
        boolean whole,
        long rows,
        long rejected) {

    /** Everything up to and including this has passed. */
    @Nullable ChangePosition settled() {
        return position == null || whole ? position : position.rowBefore();
    }

    /**
     * Whether an event has passed already. After a restore, and when the connection to MySQL
     * was lost, a transaction is read again from its beginning. A transaction never spans two
     * binlog files; with any other it cannot be compared: it may be another server's.
     */
    boolean hasPassed(RowEvent event) {
        if (rows == 0
                || position == null
                || !position.isInBinlog()
                || !event.position().file().equals(position.file())
                || !Objects.equals(event.gtid(), gtid)) {
            return false;
        }
        return position.isBehind(event.position())
                || (!event.position().isBehind(position) && event.step() <= step);
    }
}

