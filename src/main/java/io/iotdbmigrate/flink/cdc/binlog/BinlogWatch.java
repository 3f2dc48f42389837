package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.relational.Table;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.CascadedKeys;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ConnectorSql;
import io.iotdbmigrate.mysql.binlog.EventOffsets;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.cdc.connectors.mysql.debezium.task.context.StatefulTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * A watch that looks at each event of the binlog before the connector has it. The connector passes
 * over what it does not understand; here that stops the replication, if it may have changed a
 * mapped table. One instance serves the one thread that reads the binlog.
 */
final class BinlogWatch {
    private final StatefulTaskContext context;
    private final TableMaps tables;
    private final StatementWatch statements;
    private final Cascades cascades;
    private final Dialect dialect;
    private final EventOffsets offsets = new EventOffsets();
    private long begin;
    private @Nullable String gtid;
    private String xid = "";
    private boolean changed;

    /** Whether the next statement is not done yet, or has failed. */
    private boolean undecided;

    private volatile boolean stopped;
    private volatile @Nullable String server;

    BinlogWatch(
            StatefulTaskContext context,
            List<TableMapping> mappings,
            Cascades cascades,
            Dialect dialect) {
        this.dialect = dialect;
        this.context = context;
        this.cascades = cascades;
        this.tables =
                new TableMaps(
                        mappings, this::definition, Charsets.byCollation(context.getConnection()));
        this.statements =
                new StatementWatch(mappings, dialect.logsCharacterSets(), this::hasColumn);
    }

    /** Returns how a table is defined, as the connector knows it. */
    private @Nullable Table definition(TableId table) {
        return context.getDatabaseSchema()
                .tableFor(
                        new io.debezium.relational.TableId(table.database(), null, table.table()));
    }

    private boolean hasColumn(TableId table, String column) {
        Table known = definition(table);
        return known == null || known.columnWithName(column) != null;
    }

    /** What follows from an event: what the connector has instead, and a mark behind it. */
    private record Seen(@Nullable Event event, @Nullable Kind mark, String xid) {
        static Seen as(Event event) {
            return new Seen(event, null, "");
        }
    }

    /** Looks at an event, and hands it on unless the replication has to stop at it. */
    void pass(Event event, Consumer<Event> connector) {
        if (stopped) {
            return;
        }
        try {
            follow(event);
            Seen seen = look(event);
            if (seen.event() != null) {
                connector.accept(seen.event());
            }
            if (seen.mark() != null) {
                ChangePosition whole = position(event).withRow(ChangePosition.ALL_ROWS);
                BinlogMark mark = new BinlogMark(seen.mark(), seen.xid(), whole, gtid);
                send(BinlogSignal.mark(mark, context.getOffsetContext().getOffset()));
            }
        } catch (UserException e) {
            stopped = true;
            send(BinlogSignal.stop(e));
        }
    }

    /** Stops, before any event of this connection is taken. */
    void stop(UserException reason) {
        if (!stopped) {
            stopped = true;
            send(BinlogSignal.stop(reason));
        }
    }

    /**
     * Takes the server that answers, before its first event. Where its binlog goes on is told by a
     * mark.
     *
     * @param head the end of its binlog, if nothing of it is left to read; null if the next
     *     transaction is the first that was not read
     */
    void connected(String uuid, @Nullable ChangePosition head) {
        if (head == null) {
            server = uuid;
        } else {
            server = null;
            send(server(uuid, head));
        }
    }

    private BinlogSignal server(String uuid, ChangePosition from) {
        return BinlogSignal.mark(
                new BinlogMark(Kind.SERVER, uuid, from, null),
                context.getOffsetContext().getOffset());
    }

    private void send(BinlogSignal signal) {
        try {
            context.getQueue().enqueue(new DataChangeEvent(signal));
        } catch (InterruptedException e) {
            // The reader is being closed; nothing may follow what was not sent.
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    private ChangePosition position(Event event) {
        EventHeaderV4 header = event.getHeader();
        return new ChangePosition(
                offsets.file(),
                Math.min(begin, header.getPosition()),
                header.getPosition(),
                -1,
                header.getTimestamp());
    }

    private void follow(Event event) {
        offsets.follow(event);
        if (event.getData() instanceof RotateEventData) {
            begin = offsets.end();
            tables.clear();
        }
    }

    private Seen look(Event event) {
        EventType type = event.getHeader().getEventType();
        switch (type) {
            case GTID -> {
                begin = event.<EventHeaderV4>getHeader().getPosition();
                String uuid = server;
                if (uuid != null) {
                    server = null;
                    send(server(uuid, position(event)));
                }
                gtid = ((GtidEventData) event.getData()).getGtid();
                changed = false;
            }
            // A GTID with a tag is of a type that the client does not know.
            case ANONYMOUS_GTID, UNKNOWN -> {
                begin = event.<EventHeaderV4>getHeader().getPosition();
                gtid = null;
                changed = false;
            }
            case MARIADB_GTID -> {
                begin = event.<EventHeaderV4>getHeader().getPosition();
                changed = false;
                return mariaDbGtid(event);
            }
            case TABLE_MAP -> {
                cascades.told(event.getData());
                tables.told(event.getData(), () -> position(event).toString(), statements.since());
            }
            case WRITE_ROWS, EXT_WRITE_ROWS -> {
                WriteRowsEventData rows = event.getData();
                whole(event, rows.getTableId(), rows.getIncludedColumns());
            }
            case UPDATE_ROWS, EXT_UPDATE_ROWS -> {
                UpdateRowsEventData rows = event.getData();
                whole(event, rows.getTableId(), rows.getIncludedColumnsBeforeUpdate());
                whole(event, rows.getTableId(), rows.getIncludedColumns());
                return passed(event, rows.getTableId(), cascades.updated(rows, position(event)));
            }
            case DELETE_ROWS, EXT_DELETE_ROWS -> {
                DeleteRowsEventData rows = event.getData();
                whole(event, rows.getTableId(), rows.getIncludedColumns());
                return passed(event, rows.getTableId(), cascades.deleted(rows, position(event)));
            }
            case PARTIAL_UPDATE_ROWS_EVENT -> partial(event);
            case QUERY -> {
                QueryEventData query = event.getData();
                return query(event, query.getDatabase(), query.getSql());
            }
            case EXECUTE_LOAD_QUERY -> {
                QueryEventData query = LoadQuery.of(((ByteArrayEventData) event.getData()));
                query(event, query.getDatabase(), query.getSql());
                return new Seen(null, Kind.PASSED, "");
            }
            case XA_PREPARE -> {
                boolean onePhase = ((XAPrepareEventData) event.getData()).isOnePhase();
                return new Seen(
                        statement(event, "", "COMMIT"),
                        onePhase ? Kind.XA_ONE_PHASE : Kind.XA_PREPARED,
                        xid);
            }
            case TRANSACTION_PAYLOAD -> {
                return compressed(event);
            }
            case INCIDENT -> {
                if (event.getData() == null || event.getData() instanceof ByteArrayEventData) {
                    throw Stops.event(position(event), "says that MySQL lost events");
                }
            }
            default -> {
                // It has no rows.
            }
        }
        return Seen.as(event);
    }

    /** Has the connector begin a transaction as on MySQL. */
    private Seen mariaDbGtid(Event event) {
        MariaDbGtid begins = MariaDbGtid.of((ByteArrayEventData) event.getData());
        undecided = begins.undecided();
        if (begins.standalone()) {
            return Seen.as(event);
        }
        Event begin = statement(event, "", "BEGIN");
        if (begins.xid().isEmpty()) {
            return Seen.as(begin);
        }
        xid = begins.xid();
        return new Seen(begin, Kind.XA_BEGINS, xid);
    }

    /**
     * Marks rows of a table that is not mapped and was looked at for its foreign keys: until then
     * they count as lag. The mark names the keys whose rows have changed with them.
     */
    private Seen passed(Event event, long number, List<CascadedKeys> changed) {
        if (!changed.isEmpty()) {
            return new Seen(event, Kind.CASCADED, CascadedKeys.toText(changed));
        }
        boolean marked = cascades.watches(number) && tables.byNumber(number) == null;
        return marked ? new Seen(event, Kind.PASSED, "") : Seen.as(event);
    }

    /** Requires that rows of a mapped table have all columns. */
    private void whole(Event event, long number, BitSet columns) {
        TableMaps.Known table = tables.byNumber(number);
        if (table == null) {
            return;
        }
        changed = true;
        if (columns.cardinality() != table.columns()) {
            throw Stops.rows(
                    table.table(),
                    position(event),
                    "have "
                            + columns.cardinality()
                            + " of its "
                            + table.columns()
                            + " columns, for the session that wrote them has not binlog_row_image ="
                            + " FULL",
                    "Have all sessions write whole rows, those too that were open before SET"
                            + " GLOBAL. ");
        }
    }

    private void partial(Event event) {
        byte[] data = ((ByteArrayEventData) event.getData()).getData();
        long number = 0;
        for (int i = 5; i >= 0; i--) {
            number = number << 8 | (data[i] & 0xFF);
        }
        TableMaps.Known table = tables.byNumber(number);
        if (table != null) {
            throw Stops.rows(
                    table.table(),
                    position(event),
                    "have parts of JSON values only, for the session that wrote them has"
                            + " binlog_row_value_options = PARTIAL_JSON",
                    "Have all sessions write whole values. ");
        }
    }

    private Seen query(Event event, String database, String sql) {
        if (sql.equals("BEGIN") || sql.equals("COMMIT")) {
            return Seen.as(event);
        }
        if (undecided) {
            undecided = false;
            return new Seen(null, Kind.PASSED, "");
        }
        String place = position(event).toString();
        StatementWatch.Verdict verdict = statements.look(database, sql, place, changed);
        if (verdict.mark() == Kind.XA_BEGINS) {
            xid = verdict.xid();
        }
        String known = ConnectorSql.known(sql, dialect);
        String instead =
                verdict.instead() == null && !known.equals(sql) ? known : verdict.instead();
        return new Seen(
                instead == null
                        ? event
                        : instead.isEmpty() ? null : statement(event, database, instead),
                verdict.mark(),
                verdict.xid());
    }

    /** Returns the same event, as if it were another statement. */
    private static Event statement(Event event, String database, String sql) {
        EventHeaderV4 own = event.getHeader();
        EventHeaderV4 header = new EventHeaderV4();
        header.setTimestamp(own.getTimestamp());
        header.setServerId(own.getServerId());
        header.setEventLength(own.getEventLength());
        header.setNextPosition(own.getNextPosition());
        header.setFlags(own.getFlags());
        header.setEventType(EventType.QUERY);
        QueryEventData query = new QueryEventData();
        query.setDatabase(database);
        query.setSql(sql);
        return new Event(header, query);
    }

    /** Looks inside. The connector passes over a compressed transaction. */
    private Seen compressed(Event event) {
        TransactionPayloadEventData payload = event.getData();
        for (Event inner : payload.getUncompressedEvents()) {
            if (inner.getData() instanceof TableMapEventData map && tables.isMapped(map)) {
                throw Stops.rows(
                        new TableId(map.getDatabase(), map.getTable()),
                        position(event),
                        "are compressed, for the session that wrote them has"
                                + " binlog_transaction_compression = ON",
                        "Have no session compress its transactions. ");
            }
            if (inner.getData() instanceof QueryEventData query) {
                statements.look(
                        query.getDatabase(), query.getSql(), position(event).toString(), false);
            }
        }
        return new Seen(null, Kind.PASSED, "");
    }
}
