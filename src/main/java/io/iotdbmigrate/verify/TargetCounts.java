package io.iotdbmigrate.verify;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Counts of rows of IoTDB by device. */
public interface TargetCounts {

    /**
     * Has the server count all that is in scope. Rows that only a correction has ({@code on_update:
     * version}) are left out.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 5, if IoTDB refuses
     * @throws IOException if it was away for longer than the retries last
     */
    Map<DeviceKey, TargetCount> all() throws IOException;

    /**
     * Reads the rows of some devices, corrections included, and counts them.
     *
     * @throws io.iotdbmigrate.model.UserException exit code 5, if IoTDB refuses
     * @throws IOException if it was away for longer than the retries last
     */
    Map<DeviceKey, TargetTimes> exactly(Set<DeviceKey> devices) throws IOException;
}
