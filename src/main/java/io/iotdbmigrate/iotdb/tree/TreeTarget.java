package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.KeptRows;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.TreeDatabases;
import io.iotdbmigrate.iotdb.UnflushedWrites;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.tsfile.write.record.Tablet;

/** {@link Target} for the tree model: one tablet per device, many devices per call. */
public final class TreeTarget implements Target {
    /**
     * Values per call; past a few hundred thousand the answer only takes longer and memory is held.
     */
    private static final int CALL_VALUES = 400_000;

    private static final int CALL_TABLETS = 2_000;

    private static final int REMEMBERED_SERIES = 200_000;

    private final Retries retries;
    private final UnflushedWrites unflushed;
    private final RowsInMemory inMemory = new RowsInMemory();
    private final TreePoints points;
    private final PointClearing clearing;
    private final KeptRows kept;
    private final Set<String> created = new HashSet<>();

    /** Those that are known by name. */
    private final Set<String> databases = new LinkedHashSet<>();

    public TreeTarget(Retries retries) {
        this.retries = retries;
        this.unflushed = new UnflushedWrites(retries);
        this.points = new TreePoints(retries, unflushed, inMemory, this::flushRows);
        this.clearing = new PointClearing(points);
        this.kept = new KeptRows(new TreeReader(retries));
    }

    @Override
    public void createDatabases(List<String> wanted) throws IOException {
        databases.addAll(wanted);
        for (String database : wanted) {
            try {
                retries.run(s -> TreeDatabases.create(s, database));
            } catch (StatementExecutionException e) {
                throw ServerAnswer.refusal("database " + database, e);
            }
        }
    }

    @Override
    public void write(TabletBuffer buffer) throws IOException {
        TableMapping mapping = buffer.mapping();
        long mostBytes = requestBytes();
        Iterator<SizedTablet> tablets = buffer.drain(mostBytes);
        Map<String, Tablet> call = new LinkedHashMap<>();
        long values = 0;
        long bytes = 0;
        while (tablets.hasNext()) {
            SizedTablet sized = tablets.next();
            Tablet tablet = sized.tablet();
            boolean full =
                    values >= CALL_VALUES
                            || call.size() >= CALL_TABLETS
                            || bytes + sized.bytes() > mostBytes
                            || call.containsKey(sized.device());
            if (full && !call.isEmpty()) {
                write(mapping, call);
                call.clear();
                values = 0;
                bytes = 0;
            }
            call.put(sized.device(), tablet);
            values += (long) tablet.getRowSize() * mapping.measurements().size();
            bytes += sized.bytes();
        }
        if (!call.isEmpty()) {
            write(mapping, call);
        }
    }

    private long requestBytes() throws IOException {
        try {
            return retries.frame().requestBytes();
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to say how long a request may be", e);
        }
    }

    private void write(TableMapping mapping, Map<String, Tablet> tablets) throws IOException {
        if (TreeSchema.isExplicit(mapping)) {
            createSeries(mapping, tablets.keySet());
        }
        try {
            insert(mapping, tablets);
        } catch (StatementExecutionException e) {
            throw nameSeries(mapping, tablets, e);
        }
    }

    private void insert(TableMapping mapping, Map<String, Tablet> tablets)
            throws IOException, StatementExecutionException {
        unflushed.begin();
        tablets.forEach((device, tablet) -> note(device, tablet));
        retries.run(
                session -> {
                    if (mapping.aligned()) {
                        session.insertAlignedTablets(tablets, true);
                    } else {
                        session.insertTablets(tablets, true);
                    }
                });
    }

    /** Notes where the rows of a tablet are in time, which are in its order. */
    private void note(String device, Tablet tablet) {
        inMemory.add(device, tablet.getTimestamp(0), tablet.getTimestamp(tablet.getRowSize() - 1));
    }

    /**
     * Names the series that was refused. The answer to a call for many devices need not name the
     * one it is about: ask again, one by one.
     */
    private UserException nameSeries(
            TableMapping mapping, Map<String, Tablet> tablets, StatementExecutionException all)
            throws IOException {
        for (Map.Entry<String, Tablet> entry : tablets.entrySet()) {
            try {
                insert(mapping, Map.of(entry.getKey(), entry.getValue()));
            } catch (StatementExecutionException one) {
                return ServerAnswer.refusal(entry.getKey(), one);
            }
        }
        return ServerAnswer.refusal(tablets.keySet().iterator().next() + " and others", all);
    }

    private void createSeries(TableMapping mapping, Set<String> devices) throws IOException {
        unflushed.begin();
        if (created.size() > REMEMBERED_SERIES) {
            created.clear();
        }
        for (String device : devices) {
            if (created.add(device)) {
                try {
                    retries.run(s -> TreeSchema.create(s, mapping, device));
                } catch (StatementExecutionException e) {
                    throw ServerAnswer.refusal(device, e);
                }
            }
        }
    }

    @Override
    public void clear(TableMapping mapping, List<Integer> measurements, Map<Device, long[]> times)
            throws IOException {
        clearing.clear(mapping, measurements, times);
    }

    @Override
    public void deletePoints(
            TableMapping mapping, Device device, List<Integer> measurements, long time)
            throws IOException {
        points.delete(mapping, List.of(device), measurements, time, time);
    }

    @Override
    public void mark(TableMapping mapping, Map<Device, long[]> times) throws IOException {
        kept.mark(mapping, times, this::write);
    }

    @Override
    public void unmark(TableMapping mapping, Device device, long[] times) throws IOException {
        if (times.length == 0) {
            return;
        }
        String mark = SeriesPath.of(device.path(), mapping.mark());
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        for (long time :
                points.times(device, mapping.mark(), sorted[0], sorted[sorted.length - 1])) {
            if (Arrays.binarySearch(sorted, time) >= 0) {
                points.delete(List.of(mark), time, time);
            }
        }
    }

    @Override
    public void flush(List<String> wanted) throws IOException {
        databases.addAll(wanted);
        flush(String.join(", ", wanted));
    }

    /** Flushes before rows are deleted: all databases, where none is known by name. */
    private void flushRows() throws IOException {
        flush(String.join(", ", databases));
    }

    private void flush(String names) throws IOException {
        try {
            retries.run(s -> s.executeNonQueryStatement(("FLUSH " + names).strip()));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to flush " + names, e);
        }
        unflushed.flushed();
        inMemory.flushed();
    }

    @Override
    public void erase(TableMapping mapping) throws IOException {
        erase(mapping, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void erase(TableMapping mapping, long from, long to) throws IOException {
        points.delete(ErasePaths.paths(retries, mapping), from, to);
    }

    @Override
    public void eraseDevices(TableMapping mapping, List<StoredDevice> devices) throws IOException {
        points.delete(ErasePaths.paths(mapping, devices), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        retries.close();
    }
}
