package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The points of series, as the tree model lets one look at them and delete them. A clearing is made
 * of these.
 *
 * <p>All methods throw {@link IOException} if the server was away or busy for longer than the
 * retries last, and {@link UserException} if it refuses what was asked.
 */
interface SeriesPoints {
    /**
     * Deletes the points of these measurements in a range of times, both ends included.
     *
     * @param devices may be empty
     * @param measurements by their index in the mapping
     */
    void delete(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to)
            throws IOException;

    /** Deletes the points of all series that these devices have; may be none. */
    void deleteAll(List<Device> devices, long from, long to) throws IOException;

    /**
     * Returns those of the devices that have no series but the mapping's. They are asked for each
     * time, but that a device has others is remembered: deleting only the mapping's is never wrong.
     */
    Set<Device> devicesWithOnlyMappedSeries(TableMapping mapping, Collection<Device> devices)
            throws IOException;

    /**
     * Times at which a device has a point.
     *
     * @param existing ascending
     * @param until all of them up to here, included
     */
    @SuppressWarnings("ArrayRecordComponent")
    record KnownTimes(long[] existing, long until) {}

    /**
     * Returns the times in a range, both ends included, at which devices have a point of these
     * measurements. Devices about which nothing could be said within {@code limit} times in all are
     * absent.
     *
     * @param devices at least one
     */
    Map<Device, KnownTimes> times(
            TableMapping mapping,
            List<Device> devices,
            List<Integer> measurements,
            long from,
            long to,
            int limit)
            throws IOException;
}
