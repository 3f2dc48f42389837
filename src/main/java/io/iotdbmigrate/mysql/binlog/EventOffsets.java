package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.RotateEventData;

/**
 * The offsets of the events of one connection. A header tells where its event ends, with two
 * exceptions: it has no room for more than 4 GiB, and inside a transaction MariaDB tells nothing
 * since 11.7, unless {@code binlog_legacy_event_pos} is ON. Then it is counted from the event
 * before; none may be left out between them. Not thread-safe.
 */
public final class EventOffsets {
    private static final long LARGE = 1L << 31;

    /** Flag of an event that stands in no file. */
    private static final int ARTIFICIAL = 0x20;

    private String file = "";
    private long end;

    /** Takes an event, and mends the end that its header tells. */
    public void follow(Event event) {
        EventHeaderV4 header = event.getHeader();
        switch (header.getEventType()) {
            case ROTATE -> {
                RotateEventData rotation = event.getData();
                file = rotation.getBinlogFilename();
                end = rotation.getBinlogPosition();
            }
            case FORMAT_DESCRIPTION, HEARTBEAT, PREVIOUS_GTIDS -> {
                // They may be the server's own, made for this connection.
            }
            default -> {
                long next = header.getNextPosition();
                if (next == 0 && (header.getFlags() & ARTIFICIAL) == 0) {
                    header.setNextPosition(end + header.getEventLength());
                } else if (next > 0 && end - next > LARGE) {
                    header.setNextPosition(BinlogOffsets.atOrBehind(end, next));
                }
                end = Math.max(end, header.getNextPosition());
            }
        }
    }

    /** Returns the file whose events come; empty before the first. */
    public String file() {
        return file;
    }

    /** Returns where the next event begins. */
    public long end() {
        return end;
    }
}
