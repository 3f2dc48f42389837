package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.iotdb.StoredDevice;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Some devices of a table, always read from their beginning.
 *
 * @param number unique within a run
 */
public record DeviceSplit(int number, int table, List<StoredDevice> devices)
        implements SourceSplit, Serializable {
    public DeviceSplit {
        devices = List.copyOf(devices);
    }

    @Override
    public String splitId() {
        return Integer.toString(number);
    }
}
