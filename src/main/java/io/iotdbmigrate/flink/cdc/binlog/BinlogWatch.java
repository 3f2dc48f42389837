package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.relational.Table;
import io.debezium.relational.Tables;
import io.iotdbmigrate.flink.cdc.BinlogMark;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.TableAppeared;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.cdc.connectors.mysql.debezium.task.context.StatefulTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * A watch that has each event of the binlog judged before the connector has it, and tells the job
 * of marks and of a stop. One instance serves the one thread that reads the binlog.
 */
final class BinlogWatch {
    private final StatefulTaskContext context;
    private final BinlogCursor cursor = new BinlogCursor();
    private final EventJudge judge;
    private final UnfilledWatch unfilled;
    private @Nullable Tables definitions;
    private final ServerNow now;
    private final Cascades cascades;
    private final RowOrder order;
    private volatile boolean stopped;
    private volatile @Nullable String server;

    BinlogWatch(
            StatefulTaskContext context,
            List<FollowedTable> mappings,
            Cascades cascades,
            RowOrder order,
            Dialect dialect,
            Collection<TableId> unfilled,
            ServerNow now) {
        this.context = context;
        this.cascades = cascades;
        this.order = order;
        this.unfilled =
                new UnfilledWatch(
                        table -> mappings.stream().anyMatch(m -> m.table().equals(table)),
                        this::anyDefinition,
                        unfilled);
        this.now = now;
        TableMaps tables =
                new TableMaps(
                        mappings, this::definition, Charsets.byCollation(context.getConnection()));
        this.judge =
                new EventJudge(
                        new RowEventCheck(tables, cascades, order),
                        new StatementWatch(mappings, dialect, new Known()),
                        dialect);
    }

    private @Nullable Table definition(TableId table) {
        return definition(context, table);
    }

    /** Returns how a table is defined, as the connector knows it. */
    static @Nullable Table definition(StatefulTaskContext context, TableId table) {
        return context.getDatabaseSchema()
                .tableFor(
                        new io.debezium.relational.TableId(table.database(), null, table.table()));
    }

    /** Returns how a table is defined, also one that the connector does not read. */
    private @Nullable Table anyDefinition(TableId table) {
        if (definitions == null) {
            definitions = RenameWatch.definitions(context.getSourceConfig().getDbzProperties());
        }
        return definitions.forTable(
                new io.debezium.relational.TableId(table.database(), null, table.table()));
    }

    private final class Known implements KnownTables {
        @Override
        public boolean hasColumn(TableId table, String column) {
            Table known = definition(table);
            return known == null || known.columnWithName(ConnectorNames.column(column)) != null;
        }

        @Override
        public Map<String, String> generated(TableId table) {
            return now.generated(table);
        }

        @Override
        public boolean isDefined(TableId table) {
            return definition(table) != null;
        }

        @Override
        public boolean isUnfilled(TableId table) {
            return unfilled.has(table);
        }

        @Override
        public boolean isGone(TableId table) {
            return now.isGone(table);
        }

        @Override
        public Collection<CascadingKeys.Key> cascades() {
            return cascades.keys();
        }

        @Override
        public Optional<WaysIn.Way> wayIn() {
            return now.wayIn();
        }
    }

    /** Hands an event on as it is judged, unless the replication has to stop at it. */
    void pass(Event event, Consumer<Event> connector) {
        if (stopped) {
            return;
        }
        try {
            cursor.follow(event);
            ChangePosition position = cursor.position(event);
            if (event.getHeader().getEventType() == EventType.GTID) {
                announceServer(position);
            }
            EventVerdict verdict = judge.judge(event, position);
            // A checkpoint that has it may have the place before the statement: it is read again.
            order.news().ifPresent(keys -> send(BinlogSignal.unique(keys)));
            if (verdict.event() != null) {
                connector.accept(verdict.event());
                if (context.getErrorHandler().getProducerThrowable() != null) {
                    // It would take events behind the one that it cannot follow.
                    stopped = true;
                    return;
                }
            }
            watchUnfilled(event);
            if (verdict.mark() != null) {
                ChangePosition whole = position.withRow(ChangePosition.ALL_ROWS);
                send(new BinlogMark(verdict.mark(), verdict.text(), whole, cursor.gtid()));
            }
        } catch (UserException | TableAppeared e) {
            stop(e);
        }
    }

    private void watchUnfilled(Event event) {
        if (event.getData() instanceof TableMapEventData map) {
            unfilled.rows(map);
        } else if (event.getData() instanceof QueryEventData query) {
            unfilled.statement(query);
        }
        unfilled.news().ifPresent(tables -> send(BinlogSignal.unfilled(tables)));
        cascades.news().ifPresent(keys -> send(BinlogSignal.keys(keys)));
    }

    /** Stops, before any event of this connection is taken. */
    void stop(RuntimeException reason) {
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
            send(new BinlogMark(Kind.SERVER, uuid, head, null));
        }
    }

    /** Tells where the binlog of a server that answers anew goes on. */
    private void announceServer(ChangePosition from) {
        String uuid = server;
        if (uuid != null) {
            server = null;
            send(new BinlogMark(Kind.SERVER, uuid, from, null));
        }
    }

    private void send(BinlogMark mark) {
        send(BinlogSignal.mark(mark, context.getOffsetContext().getOffset()));
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
}
