package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.iotdbmigrate.config.MySqlConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A counter that counts the rows of a row event. No statement tells how many it has, so it is read
 * as a replica reads it. The last answer is remembered. Not thread-safe.
 */
final class BinlogRowCounter {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MySqlConfig config;
    private final LongSupplier freeServerId;
    private String file = "";
    private long offset;
    private int rows;

    /**
     * @param freeServerId an id that no replica has
     */
    BinlogRowCounter(MySqlConfig config, LongSupplier freeServerId) {
        this.config = config;
        this.freeServerId = freeServerId;
    }

    /**
     * Counts.
     *
     * @param tableMap offset of the event that tells the table, before the row event in its
     *     statement
     * @param event offset of the row event
     * @throws IOException if the event is not there, or MySQL does not hand it out
     */
    int rows(String binlogFile, long tableMap, long event) throws IOException {
        if (!binlogFile.equals(file) || event != offset) {
            // It remembers the tables it was told, so what lies between need not be read.
            EventDeserializer deserializer = new EventDeserializer();
            TableMapReader.install(deserializer, new TableMapReader(), new TableMapReader());
            CompressedEvents.installIn(deserializer);
            read(deserializer, binlogFile, tableMap);
            rows = count(read(deserializer, binlogFile, event).getData());
            file = binlogFile;
            offset = event;
        }
        return rows;
    }

    /**
     * Reads one event.
     *
     * @throws IOException if it is not there, or MySQL does not hand it out
     */
    Event read(EventDeserializer deserializer, String binlogFile, long wanted) throws IOException {
        Socket socket = new Socket();
        BinaryLogClient client = client(config, freeServerId.getAsLong(), socket);
        client.setEventDeserializer(deserializer);
        client.setBinlogFilename(binlogFile);
        client.setBinlogPosition(wanted);
        AtomicReference<Event> found = new AtomicReference<>();
        EventOffsets offsets = new EventOffsets();
        client.registerEventListener(
                event -> {
                    offsets.follow(event);
                    // What the server tells of the file itself comes first, and has no offset.
                    EventHeaderV4 header = event.getHeader();
                    if (found.get() == null && header.getPosition() == wanted) {
                        found.set(event);
                        close(socket);
                    }
                });
        try {
            client.connect();
        } finally {
            client.disconnect();
        }
        Event event = found.get();
        if (event == null) {
            throw new IOException("it hands out no event at " + binlogFile + ":" + wanted);
        }
        return event;
    }

    /** Makes a client that reads once, over a socket that can be closed to end it. */
    static BinaryLogClient client(MySqlConfig config, long serverId, Socket socket) {
        BinaryLogClient client =
                new BinlogClient(
                        config.host(), config.port(), config.user(), config.password().reveal());
        client.setServerId(serverId);
        // A connection that waits for more stays on the server until more comes, closed or not.
        client.setBlocking(false);
        new BinlogTls(config).secure(client);
        client.setKeepAlive(false);
        client.setConnectTimeout(PATIENCE.toMillis());
        client.setSocketFactory(
                () -> {
                    socket.setSoTimeout((int) PATIENCE.toMillis());
                    return socket;
                });
        return client;
    }

    /**
     * Closes the socket. The client's own way may wait for a server that goes on sending below TLS.
     */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int count(@Nullable EventData data) throws IOException {
        if (data instanceof WriteRowsEventData insert) {
            return insert.getRows().size();
        }
        if (data instanceof UpdateRowsEventData update) {
            return update.getRows().size();
        }
        if (data instanceof DeleteRowsEventData delete) {
            return delete.getRows().size();
        }
        throw new IOException("the binlog has no rows where they should be: " + data);
    }
}
