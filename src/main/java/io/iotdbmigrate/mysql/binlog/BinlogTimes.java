package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A search for places in the binlog by time. No statement tells the time of an event, so the
 * headers are read as a replica reads them.
 */
final class BinlogTimes {
    private static final long FIRST_EVENT = 4;
    private static final Set<EventType> READ =
            Set.of(EventType.ROTATE, EventType.FORMAT_DESCRIPTION);

    private final MySqlConfig config;
    private final LongSupplier freeServerId;

    /**
     * @param freeServerId an id that no replica has
     */
    BinlogTimes(MySqlConfig config, LongSupplier freeServerId) {
        this.config = config;
        this.freeServerId = freeServerId;
    }

    /**
     * Returns the first transaction that was committed at a time or later; empty if there is none.
     *
     * @param files of the binlog, oldest first
     */
    Optional<BinlogPosition> firstAt(List<String> files, Instant time) throws IOException {
        for (int i = files.size() - 1; i >= 0; i--) {
            Optional<EventHeaderV4> begin =
                    first(files.get(i), h -> h.getEventType() == EventType.FORMAT_DESCRIPTION);
            if (i == 0 || (begin.isPresent() && isBefore(begin.get(), time))) {
                Optional<EventHeaderV4> found =
                        first(files.get(i), h -> beginsTransaction(h) && !isBefore(h, time));
                if (found.isPresent()) {
                    return Optional.of(
                            new BinlogPosition(files.get(i), found.get().getPosition(), ""));
                }
                return i + 1 < files.size()
                        ? Optional.of(new BinlogPosition(files.get(i + 1), FIRST_EVENT, ""))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean beginsTransaction(EventHeaderV4 header) {
        return header.getEventType() == EventType.GTID
                || header.getEventType() == EventType.ANONYMOUS_GTID
                || header.getEventType() == EventType.MARIADB_GTID;
    }

    private static boolean isBefore(EventHeaderV4 header, Instant time) {
        return header.getTimestamp() < time.toEpochMilli();
    }

    private Optional<EventHeaderV4> first(String file, Predicate<EventHeaderV4> wanted)
            throws IOException {
        EventDeserializer headers = new EventDeserializer();
        for (EventType type : EventType.values()) {
            if (!READ.contains(type)) {
                headers.setEventDataDeserializer(type, new NullEventDataDeserializer());
            }
        }
        Socket socket = new Socket();
        BinaryLogClient client = BinlogRowCounter.client(config, freeServerId.getAsLong(), socket);
        client.setBlocking(false);
        client.setEventDeserializer(headers);
        client.setBinlogFilename(file);
        client.setBinlogPosition(FIRST_EVENT);
        AtomicReference<EventHeaderV4> found = new AtomicReference<>();
        client.registerEventListener(
                (Event event) -> {
                    EventHeaderV4 header = event.getHeader();
                    boolean nextFile =
                            header.getEventType() == EventType.ROTATE
                                    && header.getNextPosition() > 0;
                    if (found.get() == null && wanted.test(header)) {
                        found.set(header);
                    }
                    if (found.get() != null || nextFile) {
                        BinlogRowCounter.close(socket);
                    }
                });
        try {
            client.connect();
        } finally {
            client.disconnect();
        }
        return Optional.ofNullable(found.get());
    }
}
