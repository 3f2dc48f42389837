package io.iotdbmigrate.iotdb;

import java.io.Serializable;
import java.util.List;

/**
 * A device that a target has.
 *
 * @param versions paths of its corrections, the first correction first; {@code on_update: version}
 *     makes them
 */
public record StoredDevice(String path, List<String> versions) implements Serializable {
    public StoredDevice {
        versions = List.copyOf(versions);
    }
}
