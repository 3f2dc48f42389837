package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.SizedTablet;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.tsfile.utils.Binary;
import org.apache.tsfile.utils.BitMap;
import org.apache.tsfile.write.record.Tablet;

/**
 * Writing of values into rows that may have others. IoTDB 2.0.1-beta answers older values of those
 * others where the newest file has a part of the row only. So a row is written with all its values.
 * Not thread-safe.
 */
final class CellUpdate {
    /** Values of one request, half of what {@link TableTarget} takes. */
    private static final int VALUES = 200_000;

    /** How many times longer a request may be than what is counted here. */
    private static final int REQUESTS = 4;

    /** Bytes of a value besides those of a text. */
    private static final int VALUE_BYTES = 64;

    private final WholeRows rows;
    private final CellClearing.Rows target;

    CellUpdate(WholeRows rows, CellClearing.Rows target) {
        this.rows = rows;
        this.target = target;
    }

    /** Writes values, and with each those that its row has besides. */
    void write(TabletBuffer buffer) throws IOException {
        SortedMap<Long, Map<TagValues, Map<Device, TargetRow>>> byTime = byTime(buffer);
        Map<WholeRows.Key, Map<Device, TargetRow>> part = new LinkedHashMap<>();
        int times = 0;
        for (Map.Entry<Long, Map<TagValues, Map<Device, TargetRow>>> at : byTime.entrySet()) {
            at.getValue()
                    .forEach((of, cells) -> part.put(new WholeRows.Key(of, at.getKey()), cells));
            times++;
            if (part.size() >= WholeRows.ROWS || times >= WholeRows.TIMES) {
                write(buffer.mapping(), part);
                part.clear();
                times = 0;
            }
        }
        if (!part.isEmpty()) {
            write(buffer.mapping(), part);
        }
    }

    private void write(TableMapping mapping, Map<WholeRows.Key, Map<Device, TargetRow>> part)
            throws IOException {
        rows.read(mapping, part.keySet())
                .forEach(
                        (key, there) ->
                                there.forEach(
                                        cell -> part.get(key).putIfAbsent(cell.device(), cell)));
        writeRows(mapping, part.values().stream().map(Map::values).toList());
    }

    /**
     * Writes rows, none of which is cut: each is in one request with all its values.
     *
     * @param whole the values of each row
     */
    void writeRows(TableMapping mapping, List<? extends Collection<TargetRow>> whole)
            throws IOException {
        long mostBytes = target.requestBytes() / REQUESTS;
        TabletBuffer buffer = new TabletBuffer(mapping);
        Set<String> names = new HashSet<>();
        int count = 0;
        long bytes = 0;
        for (Collection<TargetRow> row : whole) {
            names.addAll(names(row));
            count++;
            bytes += bytes(row);
            if (!buffer.isEmpty() && (count * (names.size() + 1L) > VALUES || bytes > mostBytes)) {
                target.write(buffer);
                names = new HashSet<>(names(row));
                count = 1;
                bytes = bytes(row);
            }
            row.forEach(buffer::add);
        }
        if (!buffer.isEmpty()) {
            target.write(buffer);
        }
    }

    private static List<String> names(Collection<TargetRow> cells) {
        return cells.stream()
                .map(cell -> String.valueOf(TagValues.parse(cell.device().path()).last()))
                .toList();
    }

    private static long bytes(Collection<TargetRow> cells) {
        long bytes = 0;
        for (TargetRow cell : cells) {
            bytes += VALUE_BYTES + (cell.values()[0] instanceof byte[] text ? text.length : 0);
        }
        return bytes;
    }

    private static SortedMap<Long, Map<TagValues, Map<Device, TargetRow>>> byTime(
            TabletBuffer buffer) {
        SortedMap<Long, Map<TagValues, Map<Device, TargetRow>>> byTime = new TreeMap<>();
        Iterator<SizedTablet> tablets = buffer.drain(Long.MAX_VALUE);
        while (tablets.hasNext()) {
            SizedTablet sized = tablets.next();
            Device device = Device.of(sized.device());
            TagValues row = TagValues.parse(sized.device()).withoutLast();
            Tablet tablet = sized.tablet();
            BitMap[] nulls = tablet.getBitMaps();
            for (int i = 0; i < tablet.getRowSize(); i++) {
                if (nulls == null || nulls[0] == null || !nulls[0].isMarked(i)) {
                    long time = tablet.getTimestamp(i);
                    Object value = Array.get(tablet.getValues()[0], i);
                    Object[] values = {value instanceof Binary binary ? binary.getValues() : value};
                    byTime.computeIfAbsent(time, t -> new LinkedHashMap<>())
                            .computeIfAbsent(row, r -> new LinkedHashMap<>())
                            .put(device, new TargetRow(device, time, values));
                }
            }
        }
        return byTime;
    }
}
