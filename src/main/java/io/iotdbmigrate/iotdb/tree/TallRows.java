package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a group of a tall table's devices, by one query: what IoTDB has at a time of one of
 * its devices is a row of each name. Not thread-safe.
 */
final class TallRows implements StoredRows {
    private final PointReader reader;
    private final int columns;

    /** The tall table's devices by the path of IoTDB's, in the order of the names. */
    private final Map<String, List<Device>> devices;

    private final Queue<TargetRow> found = new ArrayDeque<>();

    private TallRows(PointReader reader, int columns, Map<String, List<Device>> devices) {
        this.reader = reader;
        this.columns = columns;
        this.devices = devices;
    }

    /**
     * Sends the query.
     *
     * @param group one of {@link TallGroups}
     * @throws io.iotdbmigrate.model.UserException exit code 5, if the server refuses it
     * @throws IOException if it was away for longer than the retries last
     */
    static TallRows open(
            Retries retries, List<String> group, List<ReadColumn> columns, TimeFilter times)
            throws IOException {
        String measurement = columns.get(0).name();
        Map<String, List<Device>> devices = new LinkedHashMap<>();
        for (String device : group) {
            devices.computeIfAbsent(SeriesPath.holder(device, measurement), h -> new ArrayList<>())
                    .add(Device.of(device));
        }
        List<ReadColumn> series = new ArrayList<>();
        for (Device device : devices.values().iterator().next()) {
            for (ReadColumn column : columns) {
                series.add(
                        new ReadColumn(
                                SeriesPath.node(device.path(), column.name()), column.type()));
            }
        }
        PointReader reader =
                PointReader.open(retries, List.copyOf(devices.keySet()), series, times);
        return new TallRows(reader, columns.size(), new HashMap<>(devices));
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (found.isEmpty()) {
            TargetRow all = reader.next();
            if (all == null) {
                return null;
            }
            List<Device> names = Objects.requireNonNull(devices.get(all.device().path()));
            for (int i = 0; i < names.size(); i++) {
                int from = i * columns;
                TargetRow row =
                        new TargetRow(
                                names.get(i),
                                all.time(),
                                Arrays.copyOfRange(all.values(), from, from + columns));
                if (!row.isEmpty()) {
                    found.add(row);
                }
            }
        }
        return found.remove();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
