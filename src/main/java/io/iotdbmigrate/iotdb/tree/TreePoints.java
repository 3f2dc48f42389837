package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.UnflushedWrites;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;

/** {@link SeriesPoints} of a server. Not thread-safe. */
final class TreePoints implements SeriesPoints {
    /** Each takes the server 1 to 2 ms. */
    private static final int CALL_PATHS = 2_000;

    private final Retries retries;
    private final UnflushedWrites unflushed;
    private final RowsInMemory inMemory;
    private final Flush flush;
    private final DevicePoints points;

    /** The way to have the server write all rows to files. */
    @FunctionalInterface
    interface Flush {
        void run() throws IOException;
    }

    TreePoints(Retries retries, UnflushedWrites unflushed, RowsInMemory inMemory, Flush flush) {
        this.retries = retries;
        this.unflushed = unflushed;
        this.inMemory = inMemory;
        this.flush = flush;
        this.points = new DevicePoints(retries);
    }

    @Override
    public void delete(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to)
            throws IOException {
        settle(devices, from, to);
        List<String> names = names(mapping, measurements);
        deletePaths(
                devices.stream()
                        .flatMap(device -> names.stream().map(n -> SeriesPath.of(device.path(), n)))
                        .toList(),
                from,
                to);
    }

    @Override
    public void deleteAll(List<Device> devices, long from, long to) throws IOException {
        settle(devices, from, to);
        deletePaths(devices.stream().map(device -> device.path() + ".*").toList(), from, to);
    }

    /** Has no row in the server's memory that a deletion is about. */
    private void settle(List<Device> devices, long from, long to) throws IOException {
        if (devices.stream().anyMatch(device -> inMemory.mayHold(device.path(), from, to))) {
            flush.run();
        }
    }

    @Override
    public Set<Device> devicesWithOnlyMappedSeries(TableMapping mapping, Collection<Device> devices)
            throws IOException {
        if (mapping.isTall()) {
            return Set.of();
        }
        return points.devicesWithOnlyMappedSeries(
                mapping.measurements().stream()
                        .map(TableMapping.Measurement::name)
                        .collect(Collectors.toSet()),
                devices);
    }

    @Override
    public Map<Device, KnownTimes> times(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to,
            int limit)
            throws IOException {
        return points.times(names(mapping, measurements), devices, from, to, limit);
    }

    /** Returns the times in a range, both ends included, at which a device has a point. */
    long[] times(Device device, String measurement, long from, long to) throws IOException {
        KnownTimes known =
                points.times(List.of(measurement), List.of(device), from, to, Integer.MAX_VALUE)
                        .get(device);
        return known == null ? new long[0] : known.existing();
    }

    private static List<String> names(TableMapping mapping, List<Integer> measurements) {
        return measurements.stream().map(m -> mapping.measurements().get(m).name()).toList();
    }

    /** Deletes a range of times, both ends included, of paths that may be patterns. */
    void delete(List<String> paths, long from, long to) throws IOException {
        if (!paths.isEmpty() && inMemory.mayHold()) {
            flush.run();
        }
        deletePaths(paths, from, to);
    }

    /** Deletes always with both ends: the form with one end erases everything before it. */
    private void deletePaths(List<String> paths, long from, long to) throws IOException {
        for (int next = 0; next < paths.size(); next += CALL_PATHS) {
            List<String> call = paths.subList(next, Math.min(paths.size(), next + CALL_PATHS));
            unflushed.begin();
            try {
                retries.run(s -> s.deleteData(call, from, to));
            } catch (StatementExecutionException e) {
                throw ServerAnswer.refusal(call.get(0), e);
            }
        }
    }
}
