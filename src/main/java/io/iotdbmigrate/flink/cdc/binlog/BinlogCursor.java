package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.mysql.binlog.EventOffsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that follows the events of one connection: file, offset, and the transaction that is
 * open. Not thread-safe.
 */
final class BinlogCursor {
    private final EventOffsets offsets = new EventOffsets();

    /** Where the open transaction begins. */
    private long begin;

    private @Nullable String gtid;

    /** Takes an event, and mends the end that its header tells. */
    void follow(Event event) {
        offsets.follow(event);
        if (event.getData() instanceof RotateEventData) {
            begin = offsets.end();
        }
        EventHeaderV4 header = event.getHeader();
        switch (header.getEventType()) {
            case GTID -> {
                begin = header.getPosition();
                gtid = ((GtidEventData) event.getData()).getGtid();
            }
            // A GTID with a tag is of a type that the client does not know.
            case ANONYMOUS_GTID, UNKNOWN -> {
                begin = header.getPosition();
                gtid = null;
            }
            case MARIADB_GTID -> begin = header.getPosition();
            default -> {
                // It begins no transaction.
            }
        }
    }

    /** Returns the position of an event that was followed, with its transaction's begin. */
    ChangePosition position(Event event) {
        EventHeaderV4 header = event.getHeader();
        return new ChangePosition(
                offsets.file(),
                Math.min(begin, header.getPosition()),
                header.getPosition(),
                -1,
                header.getTimestamp());
    }

    /** Returns the GTID of the open transaction, as MySQL writes it; null if it has none. */
    @Nullable String gtid() {
        return gtid;
    }
}
