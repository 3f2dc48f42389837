package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where rows end up. Everything that is special to IoTDB's tree model or its table model lies
 * behind this. All operations may be repeated without harm. Not thread-safe.
 *
 * <p>All methods throw {@link IOException} if the server was away or busy for longer than the
 * retries last, and {@link UserException} if it refuses what was asked, in its own words.
 */
public interface Target extends AutoCloseable {
    /** Creates the databases that are absent. */
    void createDatabases(List<String> databases) throws IOException;

    /**
     * Writes all rows of the buffer and empties it. They survive a crash of the server after {@link
     * #flush}.
     */
    void write(TabletBuffer buffer) throws IOException;

    /**
     * Writes as {@link #write} does where rows may be there already. A target whose server then
     * answers older values of such a row writes it as a whole.
     */
    default void update(TabletBuffer buffer) throws IOException {
        write(buffer);
    }

    /**
     * Deletes the points of these measurements. The target may join times into ranges in which no
     * other point lies. One of whole rows deletes these: what stands of them is written afterwards.
     *
     * @param measurements by their index in the mapping
     * @param times of each device: ascending, each once, at least one
     */
    void clear(TableMapping mapping, List<Integer> measurements, Map<Device, long[]> times)
            throws IOException;

    /**
     * Writes {@code true} to devices' {@link TableMapping#mark()} at these times. Where values
     * share their times, those that IoTDB has of the rows are written again, see {@link
     * TabletBuffer#ofMarked} for rows whose values are known.
     */
    void mark(TableMapping mapping, Map<Device, long[]> times) throws IOException;

    /** Takes such marks away. */
    void unmark(TableMapping mapping, Device device, long[] times) throws IOException;

    /**
     * Deletes the points of these measurements at exactly this time; a target of whole rows deletes
     * the row.
     */
    void deletePoints(TableMapping mapping, Device device, List<Integer> measurements, long time)
            throws IOException;

    /**
     * Makes everything written before durable. IoTDB acknowledges a write when it is in memory:
     * with its default {@code wal_mode=ASYNC} a killed server lost thousands of acknowledged rows.
     * If the server may have been restarted since the last flush, this says so with an exception:
     * everything since then has to be written again.
     *
     * @param databases those written to; empty means all
     */
    void flush(List<String> databases) throws IOException;

    /**
     * Deletes all points that the mapping's measurements have on any of its devices, their
     * corrections and the marks of deleted rows.
     */
    void erase(TableMapping mapping) throws IOException;

    /**
     * Deletes all points in a range of times that {@link #erase(TableMapping)} would delete.
     *
     * @param from included
     * @param to included
     */
    void erase(TableMapping mapping, long from, long to) throws IOException;

    /**
     * Deletes all points that the mapping's measurements have on these devices, their corrections
     * and the marks of deleted rows.
     */
    void eraseDevices(TableMapping mapping, List<StoredDevice> devices) throws IOException;

    /**
     * Ends clearings of a mapping that were interrupted: brings values back that only its notes
     * have. Nothing else may be written meanwhile.
     */
    default void recover(TableMapping mapping) throws IOException {
        // A target that clears single values has nothing to note.
    }

    /** Returns what it keeps of devices beside their rows, over the same connection. */
    default AttributeStore attributes() {
        throw new UnsupportedOperationException("only tables have attributes");
    }

    @Override
    void close();
}
