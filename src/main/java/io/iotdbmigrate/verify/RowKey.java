package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.Device;
import java.io.Serializable;

/**
 * Which row it is.
 *
 * @param table index into the tables that are compared; several that write the same series count as
 *     one
 * @param time in the server's unit
 */
public record RowKey(int table, String device, long time) implements Serializable {

    /** Returns the same hash in every JVM, 64 well-mixed bits. */
    public long mixed() {
        return Device.of(device).keyHash(time) + table;
    }
}
