package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.AttributeStore;
import io.iotdbmigrate.iotdb.KeptRows;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.UnflushedWrites;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.write.record.Tablet;

/**
 * {@link Target} for the table model: tablets of many devices, and rows that are deleted as a whole
 * before they are written anew, for nothing else sets a value to null.
 */
public final class TableTarget implements Target {
    /** Values per request; more only take longer. */
    private static final int CALL_VALUES = 400_000;

    private final Retries retries;
    private final String database;
    private final UnflushedWrites unflushed;
    private final WrittenKeys written = new WrittenKeys();
    private final KnownTables tables;
    private final CellColumns columns;
    private final CellClearing.Rows rows = new ClearedRows();
    private final CellClearing clearing;
    private final CellUpdate updating;
    private final KeptRows kept;
    private long losses;

    /**
     * Creates one over a connection, which it closes.
     *
     * @param database in lower case
     */
    public TableTarget(Retries retries, String database) {
        this.retries = retries;
        this.database = database;
        this.unflushed = new UnflushedWrites(retries);
        this.tables = new KnownTables(retries, database);
        this.columns = new CellColumns(retries, database);
        this.clearing = new CellClearing(retries, database, rows);
        this.updating = new CellUpdate(new WholeRows(new CellReader(retries, database)), rows);
        this.kept = new KeptRows(new TableReader(retries, database));
    }

    /** Returns what {@link CellClearing} does to rows. */
    CellClearing.Rows rows() {
        return rows;
    }

    @Override
    public void createDatabases(List<String> databases) throws IOException {
        for (String name : databases) {
            execute("CREATE DATABASE IF NOT EXISTS " + TableSql.name(name), "database " + name);
        }
    }

    @Override
    public void write(TabletBuffer buffer) throws IOException {
        TableMapping mapping = buffer.mapping();
        tables.require(mapping);
        long mostBytes = requestBytes();
        if (mapping.isPivoted()) {
            writeCells(buffer, mostBytes);
            return;
        }
        int mostRows = Math.max(1, CALL_VALUES / (mapping.measurements().size() + 2));
        Iterator<SizedTablet> tablets = buffer.drain(mostBytes / 2);
        MixedTablet mixed = new MixedTablet(mapping.tags());
        while (tablets.hasNext()) {
            SizedTablet next = tablets.next();
            if (!mixed.isEmpty()
                    && (mixed.bytes() + MixedTablet.bytes(next) > mostBytes
                            || mixed.rows() + next.tablet().getRowSize() > mostRows)) {
                insert(mixed.toTablet());
                mixed = new MixedTablet(mapping.tags());
            }
            mixed.add(next);
            remember(next);
        }
        if (!mixed.isEmpty()) {
            insert(mixed.toTablet());
        }
    }

    @Override
    public void update(TabletBuffer buffer) throws IOException {
        if (buffer.mapping().isPivoted()) {
            tables.require(buffer.mapping());
            updating.write(buffer);
        } else {
            write(buffer);
        }
    }

    private void writeCells(TabletBuffer buffer, long mostBytes) throws IOException {
        TableMapping mapping = buffer.mapping();
        Iterator<SizedTablet> tablets = buffer.drain(mostBytes / 2);
        CellTablet cells = new CellTablet(mapping.tags());
        while (tablets.hasNext()) {
            SizedTablet next = tablets.next();
            if (!cells.isEmpty()
                    && (cells.bytesWith(next) > mostBytes
                            || cells.valuesWith(next) > CALL_VALUES)) {
                insert(mapping, cells);
                cells = new CellTablet(mapping.tags());
            }
            cells.add(next);
        }
        if (!cells.isEmpty()) {
            insert(mapping, cells);
        }
    }

    private void insert(TableMapping mapping, CellTablet cells) throws IOException {
        columns.require(mapping, cells.names());
        cells.rows().forEach(row -> written.add(row.hash()));
        insert(cells.toTablet());
    }

    private void remember(SizedTablet sized) {
        Tablet tablet = sized.tablet();
        Device device = Device.of(sized.device());
        for (int row = 0; row < tablet.getRowSize(); row++) {
            written.add(device.keyHash(tablet.getTimestamp(row)));
        }
    }

    private long requestBytes() throws IOException {
        try {
            return retries.frame().requestBytes();
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to say how long a request may be", e);
        }
    }

    /**
     * Sends a tablet. A refusal is never taken for done: the server may have written some columns
     * of its rows all the same, which the next start writes as a whole.
     */
    private void insert(Tablet tablet) throws IOException {
        unflushed.begin();
        try {
            retries.run(session -> session.insertRelationalTablet(tablet));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("rows of table " + tablet.getTableName(), e);
        }
    }

    @Override
    public void clear(TableMapping mapping, List<Integer> measurements, Map<Device, long[]> times)
            throws IOException {
        tables.require(mapping);
        if (mapping.isPivoted()) {
            clearing.clear(mapping, times, true);
        } else {
            delete(mapping.tags().table(), mapping.tags().names(), times);
        }
    }

    @Override
    public void deletePoints(
            TableMapping mapping, Device device, List<Integer> measurements, long time)
            throws IOException {
        Map<Device, long[]> point = Map.of(device, new long[] {time});
        if (mapping.isPivoted()) {
            tables.require(mapping);
            clearing.clear(mapping, point, false);
        } else {
            clear(mapping, measurements, point);
        }
    }

    @Override
    public void recover(TableMapping mapping) throws IOException {
        if (mapping.isPivoted() && tables.columns(CellNotes.table(mapping)).exists()) {
            // Notes are read in the mapping's type, which the table must have.
            tables.require(mapping);
            clearing.recover(mapping);
        }
    }

    private void delete(String table, List<String> tags, Map<Device, long[]> times)
            throws IOException {
        flushIfWritten(times);
        unflushed.begin();
        try {
            RowDeletion deletion = new RowDeletion(retries, TableSql.table(database, table), tags);
            for (String statement : deletion.statements(times)) {
                execute(statement, "to delete rows of table " + table);
            }
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to say which rows table " + table + " has", e);
        }
    }

    /** Takes rows out of the server's memory that are to be deleted, see {@link WrittenKeys}. */
    private void flushIfWritten(Map<Device, long[]> times) throws IOException {
        if (retries.losses() != losses) {
            losses = retries.losses();
            written.forget();
        }
        for (Map.Entry<Device, long[]> of : times.entrySet()) {
            for (long time : of.getValue()) {
                if (written.mayHold(of.getKey().keyHash(time))) {
                    flush(List.of(database));
                    return;
                }
            }
        }
    }

    @Override
    public void mark(TableMapping mapping, Map<Device, long[]> times) throws IOException {
        tables.require(mapping);
        kept.mark(mapping, times, this::write);
    }

    /** Deletes rows that have the mark: what stands of them is written afterwards. */
    @Override
    public void unmark(TableMapping mapping, Device device, long[] times) throws IOException {
        if (times.length == 0) {
            return;
        }
        List<String> tags = mapping.tags().names();
        TagValues of = TagValues.parse(device.path());
        long[] gone = RowMarks.marked(retries, database, of, tags, times);
        if (gone.length > 0) {
            delete(of.table(), tags, Map.of(device, gone));
        }
    }

    @Override
    public void flush(List<String> databases) throws IOException {
        execute("FLUSH " + TableSql.name(database), "to flush " + database);
        unflushed.flushed();
        written.flushed();
        losses = retries.losses();
    }

    @Override
    public void erase(TableMapping mapping) throws IOException {
        erase(mapping, "");
        if (mapping.isPivoted()) {
            clearing.discard(mapping);
        }
    }

    @Override
    public void erase(TableMapping mapping, long from, long to) throws IOException {
        erase(mapping, TableSql.where("time >= " + from, "time <= " + to));
    }

    @Override
    public void eraseDevices(TableMapping mapping, List<StoredDevice> devices) throws IOException {
        if (mapping.isPivoted()) {
            clearing.eraseDevices(mapping, devices);
            return;
        }
        if (mapping.tags().tags().isEmpty()) {
            erase(mapping);
            return;
        }
        for (StoredDevice device : devices) {
            eraseDevice(mapping, device.path());
            for (String version : device.versions()) {
                eraseDevice(mapping, version);
            }
        }
    }

    private void eraseDevice(TableMapping mapping, String device) throws IOException {
        List<String> tags = mapping.tags().names();
        erase(mapping, TableSql.where(TableSql.isOf(TagValues.parse(device), tags)));
    }

    private void erase(TableMapping mapping, String where) throws IOException {
        String table = mapping.tags().table();
        if (!tables.columns(table).exists()) {
            return;
        }
        if (written.mayHoldAny()) {
            flush(List.of(database));
        }
        unflushed.begin();
        execute(
                "DELETE FROM " + TableSql.table(database, table) + where,
                "to erase rows of table " + table);
    }

    /**
     * Runs a statement.
     *
     * @throws UserException exit code 5, if the server refuses it
     */
    private void execute(String statement, String what) throws IOException {
        try {
            retries.run(session -> session.executeNonQueryStatement(statement));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal(what, e);
        }
    }

    /** Rows of which single values are cleared. */
    private final class ClearedRows implements CellClearing.Rows {
        @Override
        public void write(TabletBuffer buffer) throws IOException {
            TableTarget.this.write(buffer);
        }

        @Override
        public long requestBytes() throws IOException {
            return TableTarget.this.requestBytes();
        }

        @Override
        public void insert(Tablet tablet) throws IOException {
            TableTarget.this.insert(tablet);
        }

        @Override
        public void delete(String table, List<String> tags, Map<Device, long[]> times)
                throws IOException {
            TableTarget.this.delete(table, tags, times);
        }

        @Override
        public void flush() throws IOException {
            TableTarget.this.flush(List.of(database));
        }
    }

    @Override
    public AttributeStore attributes() {
        return new TableAttributes(retries, database, tables, unflushed);
    }

    @Override
    public void close() {
        retries.close();
    }
}
