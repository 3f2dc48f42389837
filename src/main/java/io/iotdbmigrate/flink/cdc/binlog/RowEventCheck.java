package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.CascadedKeys;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogOffsets;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import java.util.BitSet;
import java.util.List;

/**
 * A check that requires whole rows of the mapped tables, in a form that the connector decodes. Each
 * method throws a {@link UserException} with exit code 6 if the rows are not. Not thread-safe.
 */
final class RowEventCheck {
    private final TableMaps tables;
    private final Cascades cascades;
    private final RowOrder order;

    /** Whether the open transaction has changed rows of a mapped table. */
    private boolean changed;

    RowEventCheck(TableMaps tables, Cascades cascades, RowOrder order) {
        this.tables = tables;
        this.cascades = cascades;
        this.order = order;
    }

    /** Forgets the numbers of tables: another file begins, or another connection. */
    void rotated() {
        tables.clear();
    }

    /**
     * Takes in what a statement does to keys.
     *
     * @param place where it stands
     */
    void statement(BinlogStatement statement, String place) {
        order.statement(statement, place);
        cascades.statement(statement);
    }

    /** Takes in that a transaction begins. */
    void begins() {
        changed = false;
    }

    /** Tells whether the open transaction has changed rows of a mapped table. */
    boolean hasChanged() {
        return changed;
    }

    /**
     * Takes in the number of a table.
     *
     * @param since what may have brought a difference, for people; may be empty
     */
    void tableMap(TableMapEventData map, ChangePosition position, String since) {
        cascades.told(map);
        tables.told(map, position::toString, since);
    }

    /** Checks rows that were inserted. */
    EventVerdict inserted(Event event, ChangePosition position) {
        WriteRowsEventData rows = event.getData();
        requireWhole(rows.getTableId(), rows.getIncludedColumns(), position);
        return marked(event, rows.getTableId(), List.of(), position);
    }

    /** Checks rows that were updated, both before and after. */
    EventVerdict updated(Event event, ChangePosition position) {
        UpdateRowsEventData rows = event.getData();
        requireWhole(rows.getTableId(), rows.getIncludedColumnsBeforeUpdate(), position);
        requireWhole(rows.getTableId(), rows.getIncludedColumns(), position);
        requireKept(rows.getTableId(), position);
        return marked(event, rows.getTableId(), cascades.updated(rows, position), position);
    }

    /** Checks rows that were deleted. */
    EventVerdict deleted(Event event, ChangePosition position) {
        DeleteRowsEventData rows = event.getData();
        requireWhole(rows.getTableId(), rows.getIncludedColumns(), position);
        requireKept(rows.getTableId(), position);
        return marked(event, rows.getTableId(), cascades.deleted(rows, position), position);
    }

    /**
     * Marks rows of a table that is not mapped and was looked at for its foreign keys: until then
     * they count as lag. The mark names the keys whose rows have changed with them. Rows of a
     * mapped table have one where nobody can read again how many there are.
     */
    private EventVerdict marked(
            Event event, long number, List<CascadedKeys> keys, ChangePosition position) {
        if (!keys.isEmpty()) {
            return new EventVerdict(event, Kind.CASCADED, CascadedKeys.toText(keys));
        }
        boolean counts =
                tables.byNumber(number) == null
                        ? cascades.watches(number)
                        : position.offset() >= BinlogOffsets.UNREACHABLE;
        return counts ? new EventVerdict(event, Kind.PASSED, "") : EventVerdict.as(event);
    }

    private void requireWhole(long number, BitSet columns, ChangePosition position) {
        TableMaps.Known table = tables.byNumber(number);
        if (table == null) {
            return;
        }
        changed = true;
        if (columns.cardinality() != table.columns()) {
            throw Stops.rows(
                    table.table(),
                    position,
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

    private void requireKept(long number, ChangePosition position) {
        TableMaps.Known table = tables.byNumber(number);
        if (table != null) {
            order.changed(table.table(), position);
        }
    }

    /** Refuses rows of a mapped table that have parts of JSON values. */
    void partial(ByteArrayEventData event, ChangePosition position) {
        byte[] data = event.getData();
        long number = 0;
        for (int i = 5; i >= 0; i--) {
            number = number << 8 | (data[i] & 0xFF);
        }
        TableMaps.Known table = tables.byNumber(number);
        if (table != null) {
            throw Stops.rows(
                    table.table(),
                    position,
                    "have parts of JSON values only, for the session that wrote them has"
                            + " binlog_row_value_options = PARTIAL_JSON",
                    "Have all sessions write whole values. ");
        }
    }

    /**
     * Refuses rows inside a compressed transaction that are a mapped table's, or may change rows of
     * one by a foreign key.
     */
    void compressed(TableMapEventData map, ChangePosition position) {
        if (tables.isMapped(map) || cascades.begin(map.getDatabase(), map.getTable())) {
            throw Stops.rows(
                    new TableId(map.getDatabase(), map.getTable()),
                    position,
                    "are compressed, for the session that wrote them has"
                            + " binlog_transaction_compression = ON",
                    "Have no session compress its transactions. ");
        }
    }
}
