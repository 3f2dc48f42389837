package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.Retries;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.tsfile.write.record.Tablet;

/**
 * Clearing of single values of rows. IoTDB can only delete whole rows, so the other values of such
 * a row are written anew. Between the two a crash would lose them: before, they are noted, durably,
 * and the next start brings them back.
 *
 * <p>A deletion goes on in the server when its client is gone, and goes from file to file: who
 * reads meanwhile may see a value that was overwritten long ago. So a start believes the notes and
 * not the table, and nobody else may write rows that are cleared. Not thread-safe.
 */
final class CellClearing {
    /** Rows that are deleted together. */
    private static final int ROWS = 20_000;

    private final CellReader reader;
    private final WholeRows whole;
    private final CellUpdate writing;
    private final CellNotes notes;
    private final Rows target;

    CellClearing(Retries retries, String database, Rows target) {
        this.reader = new CellReader(retries, database);
        this.whole = new WholeRows(reader);
        this.writing = new CellUpdate(whole, target);
        this.notes = new CellNotes(retries, database, target);
        this.target = target;
    }

    /** What is done to rows. */
    interface Rows {
        void write(TabletBuffer buffer) throws IOException;

        /** Returns how long a request may be. */
        long requestBytes() throws IOException;

        /** Writes rows that are never deleted. */
        void insert(Tablet tablet) throws IOException;

        /** Deletes rows. */
        void delete(String table, List<String> tags, Map<Device, long[]> times) throws IOException;

        void flush() throws IOException;
    }

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
        Map<WholeRows.Key, List<TargetRow>> rows = new LinkedHashMap<>();
        Map<WholeRows.Key, Set<String>> part = new HashMap<>();
        int partTimes = 0;
        for (Map.Entry<Long, List<TagValues>> at : left.entrySet()) {
            partTimes++;
            for (TagValues of : at.getValue()) {
                part.computeIfAbsent(
                                new WholeRows.Key(of.withoutLast(), at.getKey()),
                                k -> new HashSet<>())
                        .add(of.text());
            }
            if (part.size() >= WholeRows.ROWS || partTimes >= WholeRows.TIMES) {
                look(mapping, part, rows);
                part.clear();
                partTimes = 0;
            }
            if (rows.size() >= ROWS) {
                remove(mapping, rows, noted);
                rows.clear();
            }
        }
        if (!part.isEmpty()) {
            look(mapping, part, rows);
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
            Map<WholeRows.Key, Set<String>> condemned,
            Map<WholeRows.Key, List<TargetRow>> found)
            throws IOException {
        whole.read(mapping, condemned.keySet())
                .forEach(
                        (key, cells) -> {
                            Set<String> gone = condemned.get(key);
                            List<TargetRow> kept =
                                    cells.stream()
                                            .filter(c -> !gone.contains(c.device().path()))
                                            .toList();
                            if (kept.size() < cells.size()) {
                                found.put(key, kept);
                            }
                        });
    }

    private static TargetType type(TableMapping mapping) {
        return mapping.measurements().get(0).type();
    }

    private void remove(
            TableMapping mapping, Map<WholeRows.Key, List<TargetRow>> rows, boolean noted)
            throws IOException {
        List<TargetRow> kept = rows.values().stream().flatMap(List::stream).toList();
        CellNotes.Left note = null;
        if (noted && !kept.isEmpty()) {
            note = notes.add(mapping, kept);
            target.flush();
        }
        Map<Device, SortedSet<Long>> times = new LinkedHashMap<>();
        for (WholeRows.Key key : rows.keySet()) {
            times.computeIfAbsent(Device.of(key.device().text()), d -> new TreeSet<>())
                    .add(key.time());
        }
        target.delete(mapping.tags().table(), mapping.tags().names(), arrays(times));
        writing.writeRows(mapping, List.copyOf(rows.values()));
        if (note != null) {
            target.flush();
            notes.remove(mapping, note);
        }
    }

    private static Map<Device, long[]> arrays(Map<Device, SortedSet<Long>> times) {
        Map<Device, long[]> arrays = new LinkedHashMap<>();
        times.forEach(
                (device, of) ->
                        arrays.put(device, of.stream().mapToLong(Long::longValue).toArray()));
        return arrays;
    }

    /**
     * Brings values back that were noted when a clearing did not come to its end, whatever the
     * table has: a deletion that is half done shows older ones.
     */
    void recover(TableMapping mapping) throws IOException {
        List<CellNotes.Left> left = notes.left(mapping);
        if (left.isEmpty()) {
            return;
        }
        List<Collection<TargetRow>> rows = rows(left);
        // A deletion of the killed writer may still wait in the server, which need not keep the
        // order: behind the first writing it does not.
        for (int time = 0; time < 2; time++) {
            writing.writeRows(mapping, rows);
            target.flush();
        }
        forget(mapping, left);
    }

    private static List<Collection<TargetRow>> rows(List<CellNotes.Left> left) {
        Map<WholeRows.Key, Collection<TargetRow>> rows = new LinkedHashMap<>();
        for (CellNotes.Left note : left) {
            for (TargetRow cell : note.cells()) {
                rows.computeIfAbsent(WholeRows.Key.of(cell), k -> new ArrayList<>()).add(cell);
            }
        }
        return List.copyOf(rows.values());
    }

    /** Takes notes away without bringing their values back. */
    void discard(TableMapping mapping) throws IOException {
        forget(mapping, notes.left(mapping));
    }

    private void forget(TableMapping mapping, List<CellNotes.Left> left) throws IOException {
        for (CellNotes.Left note : left) {
            notes.remove(mapping, note);
        }
    }
}
