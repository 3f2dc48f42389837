package io.iotdbmigrate.cutover;

import io.iotdbmigrate.model.BinlogPosition;

/** A look for writes that came through although writes are paused. */
final class SlippedWrites {
    private final Binlog binlog;

    SlippedWrites(Binlog binlog) {
        this.binlog = binlog;
    }

    boolean none(BinlogPosition last) throws Exception {
        return binlog.position().equals(last) || binlog.mappedEventsAfter(last) == 0;
    }

    /**
     * Passes if MySQL holds nothing of the mapped tables after the final position.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 8, if it does
     */
    void requireNone(BinlogPosition last) throws Exception {
        if (binlog.position().equals(last)) {
            return;
        }
        long events = binlog.mappedEventsAfter(last);
        if (events > 0) {
            throw NotSwitched.because(
                    "mapped tables were written although writes were paused: "
                            + events
                            + (events == 1 ? " row event" : " row events")
                            + " after "
                            + last
                            + "; find the writer (a user with SUPER or CONNECTION_ADMIN under"
                            + " read_only?), or pause with super_read_only or lock_tables");
        }
    }

    static BinlogPosition noted(Facts facts) {
        BinlogPosition position = facts.position();
        if (position == null) {
            throw new IllegalStateException("no final position was noted");
        }
        return position;
    }
}
