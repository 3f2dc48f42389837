package io.iotdbmigrate.flink.verify;

import java.io.Serializable;
import java.util.List;

/** The splits that nobody has. */
public record DeviceSplits(List<DeviceSplit> left) implements Serializable {
    public DeviceSplits {
        left = List.copyOf(left);
    }
}
