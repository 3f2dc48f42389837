package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ByteArrayEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.SSLSocketFactory;
import com.github.shyiko.mysql.binlog.network.protocol.ResultSetRowPacket;
import com.github.shyiko.mysql.binlog.network.protocol.command.QueryCommand;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.iotdbmigrate.mysql.binlog.BinlogClient;
import io.iotdbmigrate.mysql.binlog.BinlogTls;
import io.iotdbmigrate.mysql.binlog.CompressedEvents;
import io.iotdbmigrate.mysql.binlog.LoggedQuery;
import io.iotdbmigrate.mysql.binlog.OtherServer;
import io.iotdbmigrate.mysql.dialect.Dialect;
import io.iotdbmigrate.mysql.dialect.MariaDb;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The connector's client of the binlog, whose events go through a {@link BinlogWatch} before the
 * connector has them.
 */
final class WatchedClient extends BinlogClient {
    private static final int XA_START_LENGTH = "XA START".length();
    private static final byte END = (byte) 0xFE;

    /** Bytes of a packet that begins with the length of a text in eight bytes. */
    private static final int LONG_TEXT = 9;

    private final BiPredicate<String, String> mapped;
    private final List<EventListener> connector = new CopyOnWriteArrayList<>();
    private volatile @Nullable BinlogWatch watch;
    private volatile @Nullable Throwable end;
    private volatile long lastEvent = System.nanoTime();
    private volatile boolean taking;
    private final String address;
    private final String server;
    private final Dialect dialect;
    private final BegunFile file;

    /** The server whose events this client has had last; empty: none yet. */
    private volatile String connected = "";

    /** The server that was asked for events last. */
    private volatile String asked = "";

    /**
     * The transactions that had been read before this connection; null: not told. The connector
     * itself forgets those that the server lacks.
     */
    private volatile @Nullable String before;

    /**
     * @param server {@code server_uuid} of the server whose files and offsets are known
     */
    WatchedClient(
            MySqlConnectorConfig config,
            BiPredicate<String, String> mapped,
            BinlogTls tls,
            String server,
            Dialect dialect,
            BegunFile file) {
        super(config.hostname(), config.port(), config.username(), config.password());
        super.setSSLMode(tls.mode());
        super.setSslSocketFactory(tls.factory());
        this.address = config.hostname() + ":" + config.port();
        this.mapped = mapped;
        this.server = server;
        this.dialect = dialect;
        this.file = file;
        super.registerEventListener(this::watched);
    }

    /**
     * Takes what decides about each event; there must be one before the client connects.
     *
     * @param readBefore GTIDs; null where file and offset say what was read
     */
    void watchedBy(BinlogWatch newWatch, @Nullable String readBefore) {
        watch = newWatch;
        before = readBefore;
    }

    /**
     * Returns when an event arrived last, or was being taken, by the clock of {@link
     * System#nanoTime}.
     */
    long lastEvent() {
        return taking ? System.nanoTime() : lastEvent;
    }

    /** Returns why one of its threads has ended; null while they run. */
    @Nullable Throwable end() {
        return end;
    }

    private void watched(Event event) {
        BinlogWatch known = watch;
        if (known == null || end != null) {
            return;
        }
        taking = true;
        connected = asked;
        try {
            if (event.getHeader().getEventType() == EventType.FORMAT_DESCRIPTION) {
                requireSame(known, event.getHeader().getTimestamp());
            }
            known.pass(event, this::handOn);
        } catch (RuntimeException e) {
            // The client would log it, and go on with the next event.
            end = e;
        } finally {
            lastEvent = System.nanoTime();
            taking = false;
        }
    }

    /**
     * Asks for events, where the server that answers can have those that follow on the ones read.
     * The client itself connects anew to whatever answers at the address, and asks for the file and
     * offset that it read from another server.
     */
    @Override
    protected void requestBinaryLogStream() throws IOException {
        BinlogWatch known = watch;
        if (known == null) {
            throw new IllegalStateException("nobody watches");
        }
        AnsweringServer answering = AnsweringServer.ask(this::rows);
        if (connected.equals(answering.uuid())
                && answering.endsBefore(getBinlogFilename(), getBinlogPosition())) {
            known.stop(OtherServer.begunAnew(address, answering.uuid(), place()));
            return;
        }
        asked = answering.uuid();
        String read = readGtids();
        if (read != null && answering.hasTags()) {
            // A set without the tags would have the server send what was read before.
            end = new IOException("MySQL's GTIDs have tags since this connection began");
        } else if (read != null) {
            String all = before;
            String lacking = answering.lacks(all == null ? read : all);
            if (!lacking.isEmpty()) {
                known.stop(OtherServer.lacks(address, answering.uuid(), lacking));
                return;
            }
            before = null;
            known.connected(answering.uuid(), answering.isAllIn(read) ? answering.head() : null);
        } else if (!answering.uuid().equals(server)) {
            known.stop(OtherServer.withoutGtids(address, server, answering.uuid(), place()));
            return;
        }
        if (end == null) {
            super.requestBinaryLogStream();
        }
    }

    /** Makes sure that the file whose events follow is of the binlog that was read before. */
    private void requireSame(BinlogWatch known, long begun) {
        if (begun == 0) {
            return;
        }
        file.begins(asked, getBinlogFilename(), Instant.ofEpochMilli(begun))
                .ifPresent(read -> known.stop(OtherServer.begunAnew(address, asked, read)));
    }

    private String place() {
        return getBinlogFilename() + ":" + getBinlogPosition();
    }

    /** Returns the transactions that were read; null where the position is a file and an offset. */
    private @Nullable String readGtids() {
        synchronized (gtidSetAccessLock) {
            return gtidSet == null ? null : gtidSet.toString();
        }
    }

    /** Runs a query over the connection that will have the events. */
    private List<String[]> rows(String sql) throws IOException {
        channel.write(new QueryCommand(sql));
        checkError(channel.read());
        while (!isEnd(channel.read())) {
            // It describes a column.
        }
        List<String[]> rows = new ArrayList<>();
        for (byte[] packet = channel.read(); !isEnd(packet); packet = channel.read()) {
            checkError(packet);
            rows.add(new ResultSetRowPacket(packet).getValues());
        }
        return rows;
    }

    /** Tells an EOF packet from one that begins with the length of a long text. */
    private static boolean isEnd(byte[] packet) {
        return packet[0] == END && packet.length < LONG_TEXT;
    }

    private void handOn(Event event) {
        for (EventListener listener : connector) {
            listener.onEvent(event);
        }
    }

    @Override
    public void registerEventListener(EventListener listener) {
        connector.add(listener);
    }

    /** Does nothing: the connector would not look at the server's certificate as it is asked to. */
    @Override
    public void setSSLMode(SSLMode mode) {
        // It is set from the start.
    }

    /** Does nothing: the connector's knows none of the certificates. */
    @Override
    public void setSslSocketFactory(SSLSocketFactory factory) {
        // It is set from the start.
    }

    /**
     * Keeps a deserializer of its own. What the connector passes over has to be read as far as its
     * table's number.
     */
    @Override
    public void setEventDeserializer(EventDeserializer deserializer) {
        deserializer.setEventDataDeserializer(
                EventType.PARTIAL_UPDATE_ROWS_EVENT, new ByteArrayEventDataDeserializer());
        deserializer.setEventDataDeserializer(
                EventType.EXECUTE_LOAD_QUERY, new ByteArrayEventDataDeserializer());
        // Nobody reads it, and with tags it has a form that the client does not know.
        deserializer.setEventDataDeserializer(
                EventType.PREVIOUS_GTIDS, new ByteArrayEventDataDeserializer());
        deserializer.setEventDataDeserializer(
                EventType.MARIADB_GTID, new ByteArrayEventDataDeserializer());
        deserializer.setEventDataDeserializer(
                EventType.MARIADB_GTID_LIST, new ByteArrayEventDataDeserializer());
        deserializer.setEventDataDeserializer(EventType.QUERY, new LoggedQuery.Deserializer());
        new MappedRows(mapped).installIn(deserializer);
        if (dialect instanceof MariaDb) {
            CompressedEvents.installIn(deserializer);
        }
        super.setEventDeserializer(deserializer);
    }

    /**
     * Wraps the threads. An error, unlike an exception, ends a thread of the client without a word
     * to anybody.
     */
    @Override
    public void setThreadFactory(ThreadFactory factory) {
        super.setThreadFactory(
                work ->
                        factory.newThread(
                                () -> {
                                    try {
                                        work.run();
                                    } catch (Throwable e) {
                                        end = e;
                                        throw e;
                                    }
                                }));
    }

    /**
     * Does nothing here. The client takes {@code XA START} for a transaction of its own, counts the
     * GTID as read, and would ask for the next one if the connection were lost inside.
     */
    @Override
    protected void commitGtid(String sql) {
        boolean begins = sql.regionMatches(true, 0, "XA START", 0, XA_START_LENGTH);
        super.commitGtid(begins ? "BEGIN" : sql);
    }

    @Override
    protected void updateGtidSet(Event event) {
        super.updateGtidSet(event);
        if (event.getHeader().getEventType() == EventType.XA_PREPARE) {
            super.commitGtid("COMMIT");
        }
    }
}
