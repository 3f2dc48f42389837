package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.Set;

/** The names of the devices of MySQL. */
public interface SourceDevices {

    /**
     * Returns all devices that have a row, at whatever time.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL cannot be read
     * @throws IOException if it cannot be read for another reason
     */
    Set<DeviceKey> all() throws IOException;
}
