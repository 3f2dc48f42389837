package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.debezium.connector.mysql.RowDeserializers;
import io.iotdbmigrate.mysql.binlog.TableMapReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Deserializers of row events. Rows of tables that are not mapped are passed over unread: they may
 * have types that the binlog client does not know, such as VECTOR. TIME is read here, see {@link
 * BinlogTime}. One instance serves one client of the binlog, which has one thread.
 */
final class MappedRows {
    private static final Serializable[] UNREAD = new Serializable[0];

    private final BiPredicate<String, String> mapped;
    private final Map<Long, TableMapEventData> maps = new HashMap<>();

    /**
     * @param mapped whether a table, given by its database and name, is mapped
     */
    MappedRows(BiPredicate<String, String> mapped) {
        this.mapped = mapped;
    }

    /** Takes the place of the connector's own deserializers. */
    void installIn(EventDeserializer events) {
        TableMapReader.install(events, new TableMap(), TableMap::head);
        events.setEventDataDeserializer(EventType.WRITE_ROWS, new Writes());
        events.setEventDataDeserializer(EventType.UPDATE_ROWS, new Updates());
        events.setEventDataDeserializer(EventType.DELETE_ROWS, new Deletes());
        events.setEventDataDeserializer(
                EventType.EXT_WRITE_ROWS, new Writes().setMayContainExtraInformation(true));
        events.setEventDataDeserializer(
                EventType.EXT_UPDATE_ROWS, new Updates().setMayContainExtraInformation(true));
        events.setEventDataDeserializer(
                EventType.EXT_DELETE_ROWS, new Deletes().setMayContainExtraInformation(true));
    }

    /** Tells whether the rows of a table are passed over, which this then does. */
    private boolean passesOver(long table, ByteArrayInputStream in) throws IOException {
        if (maps.containsKey(table)) {
            return false;
        }
        in.skipNBytes(in.available());
        return true;
    }

    /** A deserializer that reads the number and the name only of a table that is not mapped. */
    private final class TableMap extends TableMapReader {
        private static final int NUMBER_BYTES = 6;
        private static final int FLAG_BYTES = 2;

        @Override
        public TableMapEventData deserialize(ByteArrayInputStream in) throws IOException {
            byte[] bytes = in.read(in.available());
            TableMapEventData head = head(new ByteArrayInputStream(bytes));
            if (!mapped.test(head.getDatabase(), head.getTable())) {
                maps.remove(head.getTableId());
                return head;
            }
            TableMapEventData whole = super.deserialize(new ByteArrayInputStream(bytes));
            maps.put(whole.getTableId(), whole);
            return whole;
        }

        private static TableMapEventData head(ByteArrayInputStream in) throws IOException {
            TableMapEventData head = new TableMapEventData();
            head.setTableId(in.readLong(NUMBER_BYTES));
            in.skipNBytes(FLAG_BYTES + 1);
            head.setDatabase(in.readZeroTerminatedString());
            in.skipNBytes(1);
            head.setTable(in.readZeroTerminatedString());
            return head;
        }
    }

    private final class Writes extends RowDeserializers.WriteRowsDeserializer {
        Writes() {
            super(maps);
        }

        @Override
        protected Serializable[] deserializeRow(long table, BitSet columns, ByteArrayInputStream in)
                throws IOException {
            return passesOver(table, in) ? UNREAD : super.deserializeRow(table, columns, in);
        }

        @Override
        protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
                throws IOException {
            return BinlogTime.read(digits, in);
        }
    }

    private final class Updates extends RowDeserializers.UpdateRowsDeserializer {
        Updates() {
            super(maps);
        }

        @Override
        protected Serializable[] deserializeRow(long table, BitSet columns, ByteArrayInputStream in)
                throws IOException {
            return passesOver(table, in) ? UNREAD : super.deserializeRow(table, columns, in);
        }

        @Override
        protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
                throws IOException {
            return BinlogTime.read(digits, in);
        }
    }

    private final class Deletes extends RowDeserializers.DeleteRowsDeserializer {
        Deletes() {
            super(maps);
        }

        @Override
        protected Serializable[] deserializeRow(long table, BitSet columns, ByteArrayInputStream in)
                throws IOException {
            return passesOver(table, in) ? UNREAD : super.deserializeRow(table, columns, in);
        }

        @Override
        protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
                throws IOException {
            return BinlogTime.read(digits, in);
        }
    }
}
