package io.iotdbmigrate.iotdb.tree;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** {@link Target} for the tree model: one tablet per device, many devices per call. */
public final class TreeTarget implements Target {
    /**
     * Values per call; past a few hundred thousand the answer only takes longer and memory is held.
     */
    private static final int CALL_VALUES = 400_000;

    private static final int CALL_TABLETS = 2_000;

    /** Each takes the server 1 to 2 ms. */
    private static final int CALL_PATHS = 2_000;

    private static final int REMEMBERED_SERIES = 200_000;

    private final Retries retries;
    private final DevicePoints points;

    /** Losses of the connection when the first write since the last flush began; -1 without one. */
    private long lossesBeforeWrites = -1;

    private final Set<String> created = new HashSet<>();

    public TreeTarget(Retries retries) {
        this.retries = retries;
        this.points = new DevicePoints(retries);
    }

    @Override
    public void createDatabases(List<String> databases) throws IOException {
        for (String database : databases) {
            try {
                retries.run(s -> createDatabase(s, database));
            } catch (StatementExecutionException e) {
                throw ServerAnswer.refusal("database " + database, e);
            }
        }
    }

    private static void createDatabase(Session session, String database)
            throws IoTDBConnectionException, StatementExecutionException {
        try {
            // Session.createDatabase() ends in a NullPointerException when the server does not
            // answer.
            session.executeNonQueryStatement("CREATE DATABASE " + database);
        } catch (StatementExecutionException e) {
            if (e.getStatusCode() != TSStatusCode.DATABASE_ALREADY_EXISTS.getStatusCode()) {
                throw e;
            }
        }
    }

    @Override
    public void write(TabletBuffer buffer) throws IOException {
        TableMapping mapping = buffer.mapping();
        Iterator<Tablet> tablets = buffer.drain();
        Map<String, Tablet> call = new LinkedHashMap<>();
        long values = 0;
        while (tablets.hasNext()) {
            Tablet tablet = tablets.next();
            call.put(tablet.getDeviceId(), tablet);
            values += (long) tablet.getRowSize() * mapping.measurements().size();
            if (values >= CALL_VALUES || call.size() >= CALL_TABLETS || !tablets.hasNext()) {
                write(mapping, call);
                call.clear();
                values = 0;
            }
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
        unflushed();
        retries.run(
                session -> {
                    if (mapping.aligned()) {
                        session.insertAlignedTablets(tablets, true);
                    } else {
                        session.insertTablets(tablets, true);
                    }
                });
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
        unflushed();
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
    public void delete(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to)
            throws IOException {
        List<String> names = names(mapping, measurements);
        delete(
                devices.stream()
                        .flatMap(device -> names.stream().map(name -> device.path() + "." + name))
                        .toList(),
                from,
                to);
    }

    @Override
    public void deleteAll(List<Device> devices, long from, long to) throws IOException {
        delete(devices.stream().map(device -> device.path() + ".*").toList(), from, to);
    }

    @Override
    public Set<Device> withoutOthers(TableMapping mapping, Collection<Device> devices)
            throws IOException {
        return points.withoutOthers(
                mapping.measurements().stream()
                        .map(TableMapping.Measurement::name)
                        .collect(Collectors.toSet()),
                devices);
    }

    @Override
    public Map<Device, Known> times(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to,
            int limit)
            throws IOException {
        return points.times(names(mapping, measurements), devices, from, to, limit);
    }

    private static List<String> names(TableMapping mapping, List<Integer> measurements) {
        return measurements.stream().map(m -> mapping.measurements().get(m).name()).toList();
    }

    @Override
    public void mark(TableMapping mapping, Device device, long[] times) throws IOException {
        boolean[] marks = new boolean[times.length];
        Arrays.fill(marks, true);
        Tablet tablet =
                new Tablet(
                        device.path(),
                        List.of(new MeasurementSchema(MappingConfig.DELETED, TSDataType.BOOLEAN)),
                        times,
                        new Object[] {marks},
                        null,
                        times.length);
        try {
            insert(mapping, Map.of(tablet.getDeviceId(), tablet));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal(device.path() + "." + MappingConfig.DELETED, e);
        }
    }

    @Override
    public void unmark(Device device, long[] times) throws IOException {
        if (times.length == 0) {
            return;
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        Map<Device, Known> marked =
                points.times(
                        List.of(MappingConfig.DELETED),
                        List.of(device),
                        sorted[0],
                        sorted[sorted.length - 1],
                        Integer.MAX_VALUE);
        for (long time : requireNonNull(marked.get(device), device.path()).existing()) {
            if (Arrays.binarySearch(sorted, time) >= 0) {
                delete(List.of(device.path() + "." + MappingConfig.DELETED), time, time);
            }
        }
    }

    @Override
    public void flush(List<String> databases) throws IOException {
        try {
            retries.run(s -> s.executeNonQueryStatement("FLUSH " + String.join(", ", databases)));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to flush " + databases, e);
        }
        if (lossesBeforeWrites >= 0 && retries.losses() != lossesBeforeWrites) {
            throw new IOException(
                    "the connection to IoTDB was lost since the last checkpoint: what the server"
                            + " had acknowledged in memory may be gone with it, so it is written"
                            + " again");
        }
        lossesBeforeWrites = -1;
    }

    @Override
    public void erase(TableMapping mapping) throws IOException {
        delete(ErasePaths.paths(retries, mapping), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void erase(TableMapping mapping, long before) throws IOException {
        if (before != Long.MIN_VALUE) {
            delete(ErasePaths.paths(retries, mapping), Long.MIN_VALUE, before - 1);
        }
    }

    private void unflushed() {
        if (lossesBeforeWrites < 0) {
            lossesBeforeWrites = retries.losses();
        }
    }

    /**
     * Deletes a range, always a range with both ends: the form with one end erases everything
     * before it.
     */
    private void delete(List<String> paths, long from, long to) throws IOException {
        for (int next = 0; next < paths.size(); next += CALL_PATHS) {
            List<String> call = paths.subList(next, Math.min(paths.size(), next + CALL_PATHS));
            unflushed();
            try {
                retries.run(s -> s.deleteData(call, from, to));
            } catch (StatementExecutionException e) {
                throw ServerAnswer.refusal(call.get(0), e);
            }
        }
    }

    @Override
    public void close() {
        retries.close();
    }
}
