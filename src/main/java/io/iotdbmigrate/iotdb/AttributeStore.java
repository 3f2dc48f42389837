package io.iotdbmigrate.iotdb;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target keeps of each device beside its rows. A device has the attributes of its last row,
 * the one with the greatest time. Not thread-safe.
 *
 * <p>All methods throw {@link IOException} if the server was away or busy for longer than the
 * retries last.
 */
public interface AttributeStore {
    /**
     * The last row of a device, and what the device has.
     *
     * @param attributes in the order of the mapping
     */
    record Last(long time, List<@Nullable String> attributes) {
        public Last {
            attributes = Collections.unmodifiableList(new ArrayList<>(attributes));
        }
    }

    /** Returns the last rows of all devices that have any. */
    Map<Device, Last> last(TableMapping mapping) throws IOException;

    /** Returns the last rows of some devices; those without rows are absent. */
    Map<Device, Last> last(TableMapping mapping, Collection<Device> devices) throws IOException;

    /**
     * Sets attributes of devices that have rows.
     *
     * @param values by device and index of the attribute; empty clears, absent ones stay
     */
    void set(TableMapping mapping, Map<Device, Map<Integer, Optional<String>>> values)
            throws IOException;

    /**
     * Sets an attribute of all devices with a value of the TAG that its look-up has for a key.
     *
     * @param attribute its index
     * @param value empty clears
     */
    void setLookedUp(TableMapping mapping, int attribute, String key, Optional<String> value)
            throws IOException;
}
