package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some devices as they are, without a look at corrections. Several devices share a
 * query. Not thread-safe.
 */
final class DeviceRows implements StoredRows {
    private final Retries retries;
    private final List<ReadColumn> columns;
    private final TimeFilter times;
    private final Deque<List<String>> plain = new ArrayDeque<>();
    private final boolean tall;
    private @Nullable StoredRows reader;

    DeviceRows(
            Retries retries,
            List<ReadColumn> columns,
            List<StoredDevice> devices,
            TimeFilter times) {
        this.retries = retries;
        this.columns = columns;
        this.times = times;
        this.tall = SeriesPath.isTall(columns.get(0).name());
        plain.addAll(groups(devices.stream().map(StoredDevice::path).toList()));
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (true) {
            TargetRow row = reader == null ? null : reader.next();
            if (row != null) {
                return row;
            }
            close();
            if (plain.isEmpty()) {
                return null;
            }
            open();
        }
    }

    /**
     * Opens the queries one by one. The server refuses a group in which a measurement has several
     * types: then by halves.
     */
    private void open() throws IOException {
        while (reader == null) {
            List<String> group = plain.remove();
            try {
                reader = tall ? TallRows.open(retries, group, columns, times) : query(group);
            } catch (UserException refused) {
                if (group.size() == 1) {
                    throw refused;
                }
                groups(group.subList(group.size() / 2, group.size())).forEach(plain::push);
                groups(group.subList(0, group.size() / 2)).forEach(plain::push);
            }
        }
    }

    private List<List<String>> groups(List<String> devices) {
        return tall ? TallGroups.of(devices, columns.get(0).name()) : DeviceGroups.of(devices);
    }

    private PointReader query(List<String> devices) throws IOException {
        return PointReader.open(retries, devices, columns, times);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
