package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TabletBuffer;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Clearing of single values of rows. IoTDB can only delete whole rows, so the other values of such
 * a row are written anew. Between the two they would be lost by a crash: before, they are noted in
 * a table of their own, durably, from which the next start brings them back. Not thread-safe.
 */
final class CellClearing {
    /** Values that are looked at together. */
    private static final int VALUES = 5_000;

    private static final int TIMES = 500;

    /** Rows that are deleted together. */
    private static final int ROWS = 20_000;

    private final Retries retries;
    private final String database;
    private final CellReader reader;
    private final Rows target;

    CellClearing(Retries retries, String database, Rows target) {
        this.retries = retries;
        this.database = database;
        this.reader = new CellReader(retries, database);
        this.target = target;
    }

    /** What is done to rows. */
    interface Rows {
        void write(TabletBuffer buffer) throws IOException;

        /** Deletes rows. */
        void delete(String table, List<String> tags, Map<Device, long[]> times) throws IOException;

        void flush() throws IOException;
    }

    /** Returns the table that has the notes of a mapping. */
    static String notes(TableMapping mapping) {
        return "_cells_" + mapping.tags().table();
    }

    private record Key(TagValues device, long time) {}

    /**
     * Clears values.
     *
     * @param times of devices with names
     * @param noted whether the other values of the rows have to survive a crash by themselves;
     *     otherwise whoever asks for it will ask again
     */
    void clear(TableMapping mapping, Map<Device, long[]> times, boolean noted) throws IOException {
        SortedMap<Long, List<TagValues>> left = new TreeMap<>();
        times.forEach(
                (device, of) -> {
                    TagValues values = TagValues.parse(device.path());
                    for (long time : of) {
                        left.computeIfAbsent(time, t -> new ArrayList<>()).add(values);
                    }
                });
        Map<Key, List<TargetRow>> rows = new LinkedHashMap<>();
        Map<Key, Set<String>> part = new HashMap<>();
        Set<Long> partTimes = new TreeSet<>();
        for (Map.Entry<Long, List<TagValues>> at : left.entrySet()) {
            partTimes.add(at.getKey());
            for (TagValues of : at.getValue()) {
                part.computeIfAbsent(new Key(of.withoutLast(), at.getKey()), k -> new HashSet<>())
                        .add(of.text());
            }
            if (part.size() >= VALUES || partTimes.size() >= TIMES) {
                look(mapping, part, partTimes, rows);
                part.clear();
                partTimes.clear();
            }
            if (rows.size() >= ROWS) {
                remove(mapping, rows, noted);
                rows.clear();
            }
        }
        if (!part.isEmpty()) {
            look(mapping, part, partTimes, rows);
        }
        if (!rows.isEmpty()) {
            remove(mapping, rows, noted);
        }
    }

    /** Clears all values of devices. */
    void eraseDevices(TableMapping mapping, List<StoredDevice> devices) throws IOException {
        Map<Device, SortedSet<Long>> times = new LinkedHashMap<>();
        List<TagValues> of = devices.stream().map(d -> TagValues.parse(d.path())).toList();
        if (of.isEmpty()) {
            return;
        }
        try (StoredRows rows =
                reader.rows(
                        type(mapping), of, new TimeFilter.Range(Long.MIN_VALUE, Long.MAX_VALUE))) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                times.computeIfAbsent(row.device(), d -> new TreeSet<>()).add(row.time());
            }
        }
        clear(mapping, arrays(times), true);
    }

    /** Finds the rows that have any of the values, and their other ones. */
    private void look(
            TableMapping mapping,
            Map<Key, Set<String>> condemned,
            Set<Long> times,
            Map<Key, List<TargetRow>> found)
            throws IOException {
        Set<TagValues> devices = new LinkedHashSet<>();
        condemned.keySet().forEach(key -> devices.add(key.device()));
        Map<Key, List<TargetRow>> kept = new HashMap<>();
        try (StoredRows rows =
                reader.wholeRows(
                        mapping.tags().table(),
                        type(mapping),
                        devices,
                        new TimeFilter.Only(List.copyOf(times)))) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                TagValues named = TagValues.parse(row.device().path());
                Key key = new Key(named.withoutLast(), row.time());
                Set<String> gone = condemned.get(key);
                if (gone == null) {
                    continue;
                }
                if (gone.contains(row.device().path())) {
                    found.computeIfAbsent(key, k -> new ArrayList<>());
                } else {
                    kept.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                }
            }
        }
        kept.forEach((key, rows) -> found.computeIfPresent(key, (k, none) -> rows));
    }

    private static TargetType type(TableMapping mapping) {
        return mapping.measurements().get(0).type();
    }

    private void remove(TableMapping mapping, Map<Key, List<TargetRow>> rows, boolean noted)
            throws IOException {
        List<TargetRow> kept = rows.values().stream().flatMap(List::stream).toList();
        boolean notes = noted && !kept.isEmpty();
        if (notes) {
            TabletBuffer buffer = new TabletBuffer(mapping.unpivoted(notes(mapping)));
            kept.forEach(row -> buffer.add(in(notes(mapping), row)));
            target.write(buffer);
            target.flush();
        }
        Map<Device, SortedSet<Long>> times = new LinkedHashMap<>();
        for (Key key : rows.keySet()) {
            times.computeIfAbsent(Device.of(key.device().text()), d -> new TreeSet<>())
                    .add(key.time());
        }
        target.delete(mapping.tags().table(), mapping.tags().names(), arrays(times));
        if (!kept.isEmpty()) {
            TabletBuffer buffer = new TabletBuffer(mapping);
            kept.forEach(buffer::add);
            target.write(buffer);
        }
        if (notes) {
            target.flush();
            forget(mapping, kept);
        }
    }

    private static TargetRow in(String table, TargetRow row) {
        TagValues of = TagValues.parse(row.device().path()).of(table);
        return new TargetRow(Device.of(of.text()), row.time(), row.values());
    }

    /** Deletes notes of values that stand in the table itself, durably. */
    private void forget(TableMapping mapping, List<TargetRow> cells) throws IOException {
        TableMapping noting = mapping.unpivoted(notes(mapping));
        Map<Device, SortedSet<Long>> times = new LinkedHashMap<>();
        for (TargetRow cell : cells) {
            times.computeIfAbsent(in(notes(mapping), cell).device(), d -> new TreeSet<>())
                    .add(cell.time());
        }
        target.delete(noting.tags().table(), noting.tags().names(), arrays(times));
    }

    private static Map<Device, long[]> arrays(Map<Device, SortedSet<Long>> times) {
        Map<Device, long[]> arrays = new LinkedHashMap<>();
        times.forEach(
                (device, of) ->
                        arrays.put(device, of.stream().mapToLong(Long::longValue).toArray()));
        return arrays;
    }

    /** Brings values back that were noted when a clearing did not come to its end. */
    void recover(TableMapping mapping) throws IOException {
        String notes = notes(mapping);
        List<String> tags = KnownTables.columns(retries, database, notes).tags();
        if (tags.isEmpty()) {
            return;
        }
        List<TagValues> devices = new ArrayList<>();
        String query =
                "SELECT DISTINCT "
                        + TableSql.names(tags)
                        + " FROM "
                        + TableSql.table(database, notes);
        for (ServerQuery.Row row : TableSql.answer(retries, database, query)) {
            List<@Nullable String> values = new ArrayList<>();
            tags.forEach(tag -> values.add(row.get(tag)));
            devices.add(new TagValues(notes, values));
        }
        if (devices.isEmpty()) {
            return;
        }
        List<TargetRow> cells = new ArrayList<>();
        try (StoredRows rows =
                new TableRows(
                        retries,
                        database,
                        notes,
                        tags,
                        List.of(
                                new ReadColumn(
                                        mapping.measurements().get(0).name(), type(mapping))),
                        devices,
                        new TimeFilter.Range(Long.MIN_VALUE, Long.MAX_VALUE))) {
            for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                if (!row.isEmpty()) {
                    cells.add(in(mapping.tags().table(), row));
                }
            }
        }
        if (cells.isEmpty()) {
            return;
        }
        TabletBuffer buffer = new TabletBuffer(mapping);
        absent(mapping, cells).forEach(buffer::add);
        if (!buffer.isEmpty()) {
            target.write(buffer);
            target.flush();
        }
        forget(mapping, cells);
        target.flush();
    }

    /**
     * Returns those that the table has not: what it has is as new, or newer, should the server have
     * lost a deletion of notes.
     */
    private List<TargetRow> absent(TableMapping mapping, List<TargetRow> cells) throws IOException {
        SortedMap<Long, List<TargetRow>> byTime = new TreeMap<>();
        cells.forEach(
                cell -> byTime.computeIfAbsent(cell.time(), t -> new ArrayList<>()).add(cell));
        List<Long> times = List.copyOf(byTime.keySet());
        List<TargetRow> absent = new ArrayList<>();
        for (int from = 0; from < times.size(); from += TIMES) {
            List<Long> part = times.subList(from, Math.min(times.size(), from + TIMES));
            Map<Key, TargetRow> left = new LinkedHashMap<>();
            for (long time : part) {
                for (TargetRow cell : byTime.get(time)) {
                    left.put(new Key(TagValues.parse(cell.device().path()), time), cell);
                }
            }
            Set<TagValues> devices = new LinkedHashSet<>();
            left.keySet().forEach(key -> devices.add(key.device()));
            try (StoredRows rows = reader.rows(type(mapping), devices, new TimeFilter.Only(part))) {
                for (TargetRow row = rows.next(); row != null; row = rows.next()) {
                    left.remove(new Key(TagValues.parse(row.device().path()), row.time()));
                }
            }
            absent.addAll(left.values());
        }
        return absent;
    }
}
