package io.iotdbmigrate.verify;

import java.util.Set;

/**
 * The rows of a device in MySQL, read one by one.
 *
 * @param points times of those that IoTDB should have
 * @param emptied times at which the row that stands has nothing but nulls
 */
public record SourceTimes(SourceCount count, Set<Long> points, Set<Long> emptied) {
    public static final SourceTimes NONE = new SourceTimes(SourceCount.NONE, Set.of(), Set.of());
}
