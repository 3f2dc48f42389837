package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.iotdb.isession.SessionDataSet;
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
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*");
    private static final int REMEMBERED_SERIES = 200_000;

    private final Retries retries;

    /** Losses of the connection when the first write since the last flush began; -1 without one. */
    private long lossesBeforeWrites = -1;

    private final Set<String> created = new HashSet<>();

    public TreeTarget(Retries retries) {
        this.retries = retries;
    }

    @Override
    public void createDatabases(List<String> databases) throws IOException {
        for (String database : databases) {
            try {
                retries.run(s -> createDatabase(s, database));
            } catch (StatementExecutionException e) {
                throw refused("database " + database, e);
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
        unflushed();
        if (TreeSchema.isExplicit(mapping)) {
            createSeries(mapping, tablets.keySet());
        }
        try {
            retries.run(s -> insert(s, mapping.aligned(), tablets));
        } catch (StatementExecutionException e) {
            throw nameSeries(mapping, tablets, e);
        }
    }

    private static void insert(Session session, boolean aligned, Map<String, Tablet> tablets)
            throws IoTDBConnectionException, StatementExecutionException {
        if (aligned) {
            session.insertAlignedTablets(tablets, true);
        } else {
            session.insertTablets(tablets, true);
        }
    }

    /**
     * The answer to a call for many devices need not name the one it is about: ask again, one by
     * one.
     */
    private UserException nameSeries(
            TableMapping mapping, Map<String, Tablet> tablets, StatementExecutionException all)
            throws IOException {
        for (Map.Entry<String, Tablet> entry : tablets.entrySet()) {
            try {
                retries.run(
                        s ->
                                insert(
                                        s,
                                        mapping.aligned(),
                                        Map.of(entry.getKey(), entry.getValue())));
            } catch (StatementExecutionException one) {
                return refused(entry.getKey(), one);
            }
        }
        return refused(tablets.keySet().iterator().next() + " and others", all);
    }

    private void createSeries(TableMapping mapping, Set<String> devices) throws IOException {
        if (created.size() > REMEMBERED_SERIES) {
            created.clear();
        }
        for (String device : devices) {
            if (created.add(device)) {
                try {
                    retries.run(s -> TreeSchema.create(s, mapping, device));
                } catch (StatementExecutionException e) {
                    throw refused(device, e);
                }
            }
        }
    }

    @Override
    public void deletePoints(
            TableMapping mapping, Device device, List<Integer> measurements, long time)
            throws IOException {
        deleteRange(mapping, device, measurements, time, time);
    }

    @Override
    public void deleteRange(
            TableMapping mapping, Device device, List<Integer> measurements, long from, long to)
            throws IOException {
        delete(paths(mapping, device, measurements), from, to);
    }

    private static List<String> paths(
            TableMapping mapping, Device device, List<Integer> measurements) {
        return measurements.stream()
                .map(m -> device.path() + "." + mapping.measurements().get(m).name())
                .toList();
    }

    @Override
    public long[] times(
            TableMapping mapping,
            Device device,
            List<Integer> measurements,
            long from,
            long to,
            int limit)
            throws IOException {
        String names =
                measurements.stream()
                        .map(m -> mapping.measurements().get(m).name())
                        .collect(Collectors.joining(", "));
        return times(names, device, from, to, limit);
    }

    private long[] times(String names, Device device, long from, long to, int limit)
            throws IOException {
        String query =
                "SELECT %s FROM %s WHERE time >= %d AND time <= %d ORDER BY TIME LIMIT %d"
                        .formatted(names, device.path(), from, to, limit);
        try {
            return retries.call(
                    session -> {
                        LongStream.Builder times = LongStream.builder();
                        try (SessionDataSet rows = session.executeQueryStatement(query)) {
                            while (rows.hasNext()) {
                                times.add(rows.next().getTimestamp());
                            }
                        }
                        return times.build().toArray();
                    });
        } catch (StatementExecutionException e) {
            throw refused(device.path(), e);
        }
    }

    @Override
    public void mark(TableMapping mapping, Device device, long[] times) throws IOException {
        boolean[] marks = new boolean[times.length];
        Arrays.fill(marks, true);
        Tablet tablet =
                new Tablet(
                        device.path(),
                        List.of(new MeasurementSchema(DELETED, TSDataType.BOOLEAN)),
                        times,
                        new Object[] {marks},
                        null,
                        times.length);
        try {
            retries.run(s -> insert(s, mapping.aligned(), Map.of(tablet.getDeviceId(), tablet)));
        } catch (StatementExecutionException e) {
            throw refused(device.path() + "." + DELETED, e);
        }
    }

    @Override
    public void unmark(Device device, long[] times) throws IOException {
        if (times.length == 0) {
            return;
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        long[] marked =
                times(DELETED, device, sorted[0], sorted[sorted.length - 1], Integer.MAX_VALUE);
        for (long time : marked) {
            if (Arrays.binarySearch(sorted, time) >= 0) {
                delete(List.of(device.path() + "." + DELETED), time, time);
            }
        }
    }

    @Override
    public void flush(List<String> databases) throws IOException {
        try {
            retries.run(s -> s.executeNonQueryStatement("FLUSH " + String.join(", ", databases)));
        } catch (StatementExecutionException e) {
            throw refused("to flush " + databases, e);
        }
        if (lossesBeforeWrites >= 0 && retries.losses() != lossesBeforeWrites) {
            throw new IOException(
                    "the connection to IoTDB was lost since the last checkpoint: what the server"
                            + " had acknowledged in memory may be gone with it, so it is written"
                            + " again");
        }
        lossesBeforeWrites = -1;
    }

    /**
     * A deletion silently matches nothing where a pattern has a wildcard inside a node ({@code
     * d*}), so it is given whole-node patterns if they match no foreign device, else every device
     * by name.
     */
    @Override
    public void erase(TableMapping mapping) throws IOException {
        String pattern = mapping.device().wholeNodePattern();
        List<String> all = devices(pattern);
        List<String> ours = all.stream().filter(mapping.device()::matches).toList();
        List<String> erased = new ArrayList<>();
        erased.addAll(ours.size() == all.size() && !all.isEmpty() ? List.of(pattern) : ours);
        devices(pattern + ".*").stream()
                .filter(device -> isVersion(mapping, device))
                .forEach(erased::add);
        for (int from = 0; from < erased.size(); from += CALL_TABLETS) {
            List<String> paths = new ArrayList<>();
            for (String device :
                    erased.subList(from, Math.min(erased.size(), from + CALL_TABLETS))) {
                mapping.measurements().forEach(m -> paths.add(device + "." + m.name()));
                paths.add(device + "." + DELETED);
            }
            delete(paths, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    /** {@code <device>.v<k>}, where {@code on_update: version} keeps corrections. */
    private static boolean isVersion(TableMapping mapping, String device) {
        int last = device.lastIndexOf(".v");
        return last > 0
                && VERSION.matcher(device.substring(last + 1)).matches()
                && mapping.device().matches(device.substring(0, last));
    }

    private List<String> devices(String pattern) throws IOException {
        try {
            return retries.call(
                    session -> {
                        List<String> devices = new ArrayList<>();
                        try (SessionDataSet rows =
                                session.executeQueryStatement("SHOW DEVICES " + pattern)) {
                            while (rows.hasNext()) {
                                devices.add(rows.next().getFields().get(0).getStringValue());
                            }
                        }
                        return devices;
                    });
        } catch (StatementExecutionException e) {
            throw refused(pattern, e);
        }
    }

    private void unflushed() {
        if (lossesBeforeWrites < 0) {
            lossesBeforeWrites = retries.losses();
        }
    }

    /** Always a range with both ends: the form with one end erases everything before it. */
    private void delete(List<String> paths, long from, long to) throws IOException {
        unflushed();
        try {
            retries.run(s -> s.deleteData(paths, from, to));
        } catch (StatementExecutionException e) {
            throw refused(paths.get(0), e);
        }
    }

    private static UserException refused(String what, StatementExecutionException e) {
        return new UserException(
                ExitCode.IOTDB, "IoTDB refuses " + what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        retries.close();
    }
}
