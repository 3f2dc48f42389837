package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.mysql.ConnectorSql;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.LoggedQuery;
import io.iotdbmigrate.mysql.dialect.Dialect;

/**
 * A judge of each event of the binlog: what the connector is to have of it. The connector passes
 * over what it does not understand; here that stops the replication, if it may have changed a
 * mapped table. Not thread-safe.
 */
final class EventJudge {
    private final RowEventCheck rows;
    private final StatementWatch statements;
    private final Dialect dialect;
    private String xid = "";

    /** Whether the next statement is not done yet, or has failed. */
    private boolean undecided;

    EventJudge(RowEventCheck rows, StatementWatch statements, Dialect dialect) {
        this.rows = rows;
        this.statements = statements;
        this.dialect = dialect;
    }

    /**
     * Judges an event.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 6, if the replication has to stop at it
     */
    EventVerdict judge(Event event, ChangePosition position) {
        EventType type = event.getHeader().getEventType();
        switch (type) {
            case ROTATE -> rows.rotated();
            case GTID, ANONYMOUS_GTID, UNKNOWN -> rows.begins();
            case MARIADB_GTID -> {
                rows.begins();
                return mariaDbGtid(event);
            }
            case TABLE_MAP -> rows.tableMap(event.getData(), position, statements.since());
            case WRITE_ROWS, EXT_WRITE_ROWS -> {
                return rows.inserted(event, position);
            }
            case UPDATE_ROWS, EXT_UPDATE_ROWS -> {
                return rows.updated(event, position);
            }
            case DELETE_ROWS, EXT_DELETE_ROWS -> {
                return rows.deleted(event, position);
            }
            case PARTIAL_UPDATE_ROWS_EVENT -> rows.partial(event.getData(), position);
            case QUERY -> {
                QueryEventData query = event.getData();
                return query(event, query, position);
            }
            case EXECUTE_LOAD_QUERY -> {
                query(event, LoadQuery.of(((ByteArrayEventData) event.getData())), position);
                return EventVerdict.passed();
            }
            case XA_PREPARE -> {
                boolean onePhase = ((XAPrepareEventData) event.getData()).isOnePhase();
                return new EventVerdict(
                        statement(event, "", "COMMIT"),
                        onePhase ? Kind.XA_ONE_PHASE : Kind.XA_PREPARED,
                        xid);
            }
            case TRANSACTION_PAYLOAD -> {
                return compressed(event.getData(), position);
            }
            case INCIDENT -> {
                if (event.getData() == null || event.getData() instanceof ByteArrayEventData) {
                    throw Stops.event(position, "says that MySQL lost events");
                }
            }
            default -> {
                // It has no rows.
            }
        }
        return EventVerdict.as(event);
    }

    /** Has the connector begin a transaction as on MySQL. */
    private EventVerdict mariaDbGtid(Event event) {
        MariaDbGtid begins = MariaDbGtid.of((ByteArrayEventData) event.getData());
        undecided = begins.undecided();
        if (begins.standalone()) {
            return EventVerdict.as(event);
        }
        Event begin = statement(event, "", "BEGIN");
        if (begins.xid().isEmpty()) {
            return EventVerdict.as(begin);
        }
        xid = begins.xid();
        return new EventVerdict(begin, Kind.XA_BEGINS, xid);
    }

    private EventVerdict query(Event event, QueryEventData query, ChangePosition position) {
        String sql = query.getSql();
        if (sql.equals("BEGIN") || sql.equals("COMMIT")) {
            return EventVerdict.as(event);
        }
        if (undecided) {
            undecided = false;
            return EventVerdict.passed();
        }
        StatementWatch.Verdict verdict =
                statements.look(
                        query.getDatabase(),
                        sql,
                        position.toString(),
                        rows.hasChanged(),
                        LoggedQuery.status(query));
        BinlogStatement parsed = BinlogStatement.parse(query.getDatabase(), sql);
        if (!statements.createsNothing(parsed)) {
            rows.statement(parsed, position.toString());
        }
        if (verdict.mark() == Kind.XA_BEGINS) {
            xid = verdict.xid();
        }
        String known = ConnectorSql.known(sql, dialect);
        String instead =
                verdict.instead() == null && !known.equals(sql) ? known : verdict.instead();
        return new EventVerdict(
                instead == null
                        ? event
                        : instead.isEmpty() ? null : statement(event, query.getDatabase(), instead),
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
    private EventVerdict compressed(TransactionPayloadEventData payload, ChangePosition position) {
        for (Event inner : payload.getUncompressedEvents()) {
            if (inner.getData() instanceof TableMapEventData map) {
                rows.compressed(map, position);
            }
            if (inner.getData() instanceof QueryEventData query) {
                statements.look(
                        query.getDatabase(),
                        query.getSql(),
                        position.toString(),
                        false,
                        LoggedQuery.status(query));
            }
        }
        return EventVerdict.passed();
    }
}
