package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader of what a target holds; {@link Target} is the writing half. Not thread-safe.
 *
 * <p>All methods throw {@link IOException} if the server was away or busy for longer than the
 * retries last, and {@link UserException}, exit code 5, if it refuses what was asked.
 */
public interface TargetReader extends AutoCloseable {
    /**
     * Returns the devices that mappings have written, each once.
     *
     * @param unit mappings with the same policies
     */
    List<StoredDevice> devices(List<TableMapping> unit) throws IOException;

    /** Returns how many devices a mapping has, those too whose rows were all deleted. */
    long countDevices(TableMapping mapping) throws IOException;

    /**
     * Reads rows of devices with their exact bits. Rows in which all columns are null do not come,
     * but of a target of whole rows. The highest correction of a time stands in for the first
     * value. A value whose series has another type than its column says is a {@link TypedValue}.
     *
     * @param columns one or more; the last may be the mark of deleted rows
     */
    StoredRows rows(List<ReadColumn> columns, List<StoredDevice> devices, TimeFilter times)
            throws IOException;

    /**
     * Rows of a device.
     *
     * @param rows those in which any of the measurements has a value
     * @param marks values of the mark
     */
    record RowCount(long rows, long marks) {}

    /**
     * Has the server count the rows of devices. Devices that it cannot count are absent: they are
     * to be read.
     *
     * @param measurements by their names in the target
     * @param mark a measurement that is counted by itself; a row that has only this one counts
     */
    Map<String, RowCount> countRows(
            List<String> measurements,
            @Nullable String mark,
            List<StoredDevice> devices,
            TimeFilter times)
            throws IOException;

    /** Returns how many values each measurement of a mapping has, over all its devices. */
    List<Long> countValues(TableMapping mapping) throws IOException;

    /** Closes the connection, and with it ends what is still read. */
    @Override
    void close();
}
