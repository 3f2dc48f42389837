package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Counts of rows of MySQL by device. Devices without rows are absent. */
public interface SourceCounts {

    /**
     * Has the server count all that is in scope, in one pass over each table. What its SQL cannot
     * tell, such as an hour that a change of clocks skips, may make it count too many points.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL cannot be read
     */
    Map<DeviceKey, SourceCount> all() throws IOException;

    /**
     * Reads the rows of some devices and counts them as the mapping sees them; memory grows with
     * their number. Rows that cannot be mapped are not counted: they have no device.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 4, if MySQL cannot be read
     */
    Map<DeviceKey, SourceTimes> exactly(Set<DeviceKey> devices) throws IOException;
}
