package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a pivoted table taken apart: each value becomes a row of its own, whose device has the
 * name behind the TAGs. Not thread-safe.
 */
final class CellRows implements StoredRows {
    private final StoredRows rows;
    private final List<String> names;
    private final Predicate<String> wanted;
    private final Deque<TargetRow> ready = new ArrayDeque<>();
    private @Nullable Device last;
    private @Nullable Device[] devices;

    /**
     * @param rows closed with this
     * @param names of the columns that are read, in their order
     * @param wanted devices, by their text with the name
     */
    CellRows(StoredRows rows, List<String> names, Predicate<String> wanted) {
        this.rows = rows;
        this.names = List.copyOf(names);
        this.wanted = wanted;
        this.devices = new Device[names.size()];
    }

    @Override
    public @Nullable TargetRow next() throws IOException {
        while (ready.isEmpty()) {
            TargetRow row = rows.next();
            if (row == null) {
                return null;
            }
            if (!row.device().equals(last)) {
                last = row.device();
                devices = devices(row.device());
            }
            for (int c = 0; c < devices.length; c++) {
                Device device = devices[c];
                Object value = row.values()[c];
                if (device != null && value != null) {
                    ready.add(new TargetRow(device, row.time(), new Object[] {value}));
                }
            }
        }
        return ready.remove();
    }

    private @Nullable Device[] devices(Device row) {
        TagValues of = TagValues.parse(row.path());
        Device[] named = new Device[names.size()];
        for (int c = 0; c < named.length; c++) {
            String text = of.with(names.get(c)).text();
            named[c] = wanted.test(text) ? Device.of(text) : null;
        }
        return named;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
