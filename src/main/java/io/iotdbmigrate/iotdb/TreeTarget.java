package io.iotdbmigrate.iotdb;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
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

    /** Each takes the server 1 to 2 ms. */
    private static final int CALL_PATHS = 2_000;

    /** Planning a query over more of them at once takes more memory than a small server has. */
    private static final int QUERY_DEVICES = 500;

    /** Columns of an answer that is aligned by device. */
    private static final int TIME = 1;

    private static final int DEVICE = 2;
    private static final int FIRST_SERIES = 2;

    /** No series has an empty name. */
    private static final String SEVERAL_TYPES = "";

    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*");
    private static final int REMEMBERED_SERIES = 200_000;

    private final Retries retries;

    /** Losses of the connection when the first write since the last flush began; -1 without one. */
    private long lossesBeforeWrites = -1;

    private final Set<String> created = new HashSet<>();

    /** Devices that have series besides a mapping's. */
    private final Set<Device> shared = new HashSet<>();

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
     * The answer to a call for many devices need not name the one it is about: ask again, one by
     * one.
     */
    private UserException nameSeries(
            TableMapping mapping, Map<String, Tablet> tablets, StatementExecutionException all)
            throws IOException {
        for (Map.Entry<String, Tablet> entry : tablets.entrySet()) {
            try {
                insert(mapping, Map.of(entry.getKey(), entry.getValue()));
            } catch (StatementExecutionException one) {
                return refused(entry.getKey(), one);
            }
        }
        return refused(tablets.keySet().iterator().next() + " and others", all);
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
                    throw refused(device, e);
                }
            }
        }
    }

    @Override
    public void deletePoints(
            TableMapping mapping, Device device, List<Integer> measurements, long time)
            throws IOException {
        delete(mapping, List.of(device), measurements, time, time);
    }

    @Override
    public void delete(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to)
            throws IOException {
        delete(
                devices.stream()
                        .flatMap(
                                device ->
                                        measurements.stream()
                                                .map(m -> mapping.measurements().get(m).name())
                                                .map(name -> device.path() + "." + name))
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
        if (shared.size() > REMEMBERED_SERIES) {
            shared.clear();
        }
        Set<String> own =
                mapping.measurements().stream()
                        .map(TableMapping.Measurement::name)
                        .collect(Collectors.toSet());
        List<Device> unknown = devices.stream().filter(d -> !shared.contains(d)).toList();
        Set<Device> found = new HashSet<>();
        for (int from = 0; from < unknown.size(); from += QUERY_DEVICES) {
            addWithoutOthers(
                    own,
                    unknown.subList(from, Math.min(unknown.size(), from + QUERY_DEVICES)),
                    found);
        }
        return found;
    }

    private void addWithoutOthers(Set<String> own, List<Device> devices, Set<Device> found)
            throws IOException {
        if (own.containsAll(series(devices))) {
            found.addAll(devices);
        } else if (devices.size() == 1) {
            shared.addAll(devices);
        } else {
            int half = devices.size() / 2;
            addWithoutOthers(own, devices.subList(0, half), found);
            addWithoutOthers(own, devices.subList(half, devices.size()), found);
        }
    }

    /** Names of the series that any of these devices has. */
    private Set<String> series(List<Device> devices) throws IOException {
        // The columns of the answer, all series' whether they have points there or not.
        String query =
                "SELECT * FROM " + joined(devices) + " WHERE time = 0 LIMIT 1 ALIGN BY DEVICE";
        try {
            return retries.call(
                    session -> {
                        try (SessionDataSet answer = session.executeQueryStatement(query)) {
                            List<String> columns = answer.getColumnNames();
                            // Of devices without any series it has the time only.
                            return Set.copyOf(
                                    columns.subList(
                                            Math.min(FIRST_SERIES, columns.size()),
                                            columns.size()));
                        }
                    });
        } catch (StatementExecutionException e) {
            if (devices.size() == 1) {
                throw refused(query, e);
            }
            // Series of one name but several types: no query can have both.
            return Set.of(SEVERAL_TYPES);
        }
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
        String names =
                measurements.stream()
                        .map(m -> mapping.measurements().get(m).name())
                        .collect(Collectors.joining(", "));
        try {
            return times(names, devices, from, to, limit);
        } catch (StatementExecutionException e) {
            if (devices.size() == 1) {
                throw refused(devices.get(0).path(), e);
            }
        }
        // Series of one name but several types: no query can have both.
        Map<Device, Known> known = new HashMap<>();
        for (Device device : devices) {
            known.putAll(times(mapping, List.of(device), measurements, from, to, limit));
        }
        return known;
    }

    private Map<Device, Known> times(
            String names, List<Device> devices, long from, long to, int limit)
            throws IOException, StatementExecutionException {
        Map<String, Device> byPath = new HashMap<>();
        devices.forEach(device -> byPath.put(device.path(), device));
        String query =
                "SELECT %s FROM %s WHERE time >= %d AND time <= %d LIMIT %d ALIGN BY DEVICE"
                        .formatted(names, joined(devices), from, to, limit);
        return retries.call(
                session -> {
                    Map<Device, LongStream.Builder> times = new HashMap<>();
                    String path = "";
                    LongStream.Builder ofDevice = LongStream.builder();
                    long last = from;
                    int count = 0;
                    try (SessionDataSet answer = session.executeQueryStatement(query)) {
                        SessionDataSet.DataIterator rows = answer.iterator();
                        while (rows.next()) {
                            String next = rows.getString(DEVICE);
                            if (!next.equals(path)) {
                                path = next;
                                ofDevice =
                                        times.computeIfAbsent(
                                                requireNonNull(byPath.get(path), path),
                                                d -> LongStream.builder());
                            }
                            last = rows.getLong(TIME);
                            ofDevice.add(last);
                            count++;
                        }
                    }
                    Map<Device, Known> known = new HashMap<>();
                    if (count < limit) {
                        devices.forEach(d -> known.put(d, new Known(new long[0], to)));
                    }
                    for (Map.Entry<Device, LongStream.Builder> entry : times.entrySet()) {
                        boolean cut = count >= limit && entry.getKey().path().equals(path);
                        known.put(
                                entry.getKey(),
                                new Known(entry.getValue().build().toArray(), cut ? last : to));
                    }
                    return known;
                });
    }

    private static String joined(List<Device> devices) {
        return devices.stream().map(Device::path).collect(Collectors.joining(", "));
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
            insert(mapping, Map.of(tablet.getDeviceId(), tablet));
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
        for (long time : marked(device, sorted[0], sorted[sorted.length - 1])) {
            if (Arrays.binarySearch(sorted, time) >= 0) {
                delete(List.of(device.path() + "." + DELETED), time, time);
            }
        }
    }

    private long[] marked(Device device, long from, long to) throws IOException {
        try {
            return times(DELETED, List.of(device), from, to, Integer.MAX_VALUE)
                    .get(device)
                    .existing();
        } catch (StatementExecutionException e) {
            throw refused(device.path(), e);
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
        List<String> paths = new ArrayList<>();
        for (String device : erased) {
            mapping.measurements().forEach(m -> paths.add(device + "." + m.name()));
            paths.add(device + "." + DELETED);
        }
        delete(paths, Long.MIN_VALUE, Long.MAX_VALUE);
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
        for (int next = 0; next < paths.size(); next += CALL_PATHS) {
            List<String> call = paths.subList(next, Math.min(paths.size(), next + CALL_PATHS));
            unflushed();
            try {
                retries.run(s -> s.deleteData(call, from, to));
            } catch (StatementExecutionException e) {
                throw refused(call.get(0), e);
            }
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
