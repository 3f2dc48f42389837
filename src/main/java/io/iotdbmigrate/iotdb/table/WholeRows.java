package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rows of a pivoted table with all values that they have. Not thread-safe. */
final class WholeRows {
    /** Rows of one question. */
    static final int ROWS = 5_000;

    /** Times of one question. */
    static final int TIMES = 500;

    private final CellReader reader;

    WholeRows(CellReader reader) {
        this.reader = reader;
    }

    /**
     * A row of IoTDB.
     *
     * @param device without a name
     */
    record Key(TagValues device, long time) {
        /** Returns the row of a value. */
        static Key of(TargetRow cell) {
            return new Key(TagValues.parse(cell.device().path()).withoutLast(), cell.time());
        }
    }

    /** Reads the values that rows have; those without any are absent. */
    Map<Key, List<TargetRow>> read(TableMapping mapping, Set<Key> keys) throws IOException {
        Set<TagValues> devices = new LinkedHashSet<>();
        Set<Long> times = new TreeSet<>();
        for (Key key : keys) {
            devices.add(key.device());
            times.add(key.time());
        }
        Map<Key, List<TargetRow>> found = new HashMap<>();
        try (StoredRows rows =
                reader.wholeRows(
                        mapping.tags().table(),
                        mapping.measurements().get(0).type(),
                        devices,
                        new TimeFilter.Only(List.copyOf(times)))) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                Key key = Key.of(row);
                if (keys.contains(key)) {
                    found.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                }
            }
        }
        return found;
    }
}
