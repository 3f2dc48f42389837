package io.iotdbmigrate.mysql.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The judge of events behind a position that are none of rows: whether they may have changed a
 * mapped table. Of a statement that stands instead of its rows in another database MySQL tells
 * which databases it changed; of MariaDB it is asked which ways lead there. Not thread-safe.
 */
final class ForeignStatements {
    private static final Set<EventType> READ =
            Set.of(EventType.ROTATE, EventType.FORMAT_DESCRIPTION, EventType.QUERY);

    private final MySqlConfig config;
    private final Connection connection;
    private final LongSupplier freeServerId;
    private final List<TableId> tables;
    private final Set<String> prepared = new HashSet<>();
    private boolean ways;
    private int others;

    /**
     * @param tables mapped ones
     * @param freeServerId an id that no replica has
     */
    ForeignStatements(
            MySqlConfig config,
            Connection connection,
            LongSupplier freeServerId,
            Collection<TableId> tables) {
        this.config = config;
        this.connection = connection;
        this.freeServerId = freeServerId;
        this.tables = List.copyOf(tables);
    }

    /**
     * Tells whether a statement concerns mapped tables by what stands in it. One that is logged in
     * another database is decided about by {@link #changed}.
     */
    boolean concerns(BinlogStatement statement) {
        statement.xa("START").ifPresent(prepared::add);
        if (statement.xa("COMMIT").filter(prepared::contains).isPresent()) {
            return false; // Its rows stand behind the position, too, and count themselves.
        }
        ways |= statement.makesWayInto(tables);
        if (statement.changesRows() && tables.stream().noneMatch(statement::isIn)) {
            others += statement.isOfServer() ? 0 : 1;
            return false;
        }
        return statement.concerns(tables);
    }

    /**
     * Tells whether one of the statements of other databases may have changed a mapped table.
     *
     * @param from where the first of them stands, or before
     * @throws IOException if the binlog is not handed out
     */
    boolean changed(BinlogPosition from) throws SQLException, IOException {
        if (others == 0) {
            return false;
        }
        Set<String> databases =
                Stream.concat(
                                tables.stream(),
                                CascadingKeys.reaching(connection, tables).stream()
                                        .map(CascadingKeys.Key::parent))
                        .map(TableId::database)
                        .collect(Collectors.toUnmodifiableSet());
        if (Dialect.of(connection).logsChangedDatabases()) {
            return harmless(from, databases) < others;
        }
        return ways
                || databases.size() > tables.stream().map(TableId::database).distinct().count()
                || WaysIn.find(connection, tables).isPresent();
    }

    /** Counts those of the statements that have changed none of these databases. */
    private int harmless(BinlogPosition from, Set<String> databases) throws IOException {
        EventDeserializer events = new EventDeserializer();
        for (EventType type : EventType.values()) {
            if (!READ.contains(type)) {
                events.setEventDataDeserializer(type, new NullEventDataDeserializer());
            }
        }
        events.setEventDataDeserializer(EventType.QUERY, new LoggedQuery.Deserializer());
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger harmless = new AtomicInteger();
        Socket socket = new Socket();
        BinaryLogClient client = BinlogRowCounter.client(config, freeServerId.getAsLong(), socket);
        client.setBlocking(false);
        client.setEventDeserializer(events);
        client.setBinlogFilename(from.file());
        client.setBinlogPosition(from.offset());
        client.registerEventListener(
                event -> {
                    if (event.getData() instanceof QueryEventData query
                            && isOther(BinlogStatement.parse(query.getDatabase(), query.getSql()))
                            && seen.incrementAndGet() <= others
                            && databases.stream().noneMatch(LoggedQuery.status(query)::changed)) {
                        harmless.incrementAndGet();
                    }
                });
        try {
            client.connect();
        } finally {
            client.disconnect();
        }
        return harmless.get();
    }

    private boolean isOther(BinlogStatement statement) {
        return statement.changesRows()
                && !statement.isOfServer()
                && tables.stream().noneMatch(statement::isIn);
    }
}
