package io.iotdbmigrate.verify;

import java.util.Set;

/**
 * The rows of a device in IoTDB, read one by one.
 *
 * @param rows times of those that have a value and are not marked as deleted
 */
public record TargetTimes(TargetCount count, Set<Long> rows) {
    public static final TargetTimes NONE = new TargetTimes(TargetCount.NONE, Set.of());
}
