package io.iotdbmigrate.verify;

import java.io.Serializable;
import java.util.List;

/**
 * The times of rows that IoTDB keeps as history, for MySQL has dropped their partitions.
 *
 * @param before all that are earlier; the smallest number for none
 * @param ranges further ones, of partitions from the middle
 */
public record KeptTimes(long before, List<Range> ranges) implements Serializable {
    /** None: nothing is kept that MySQL has not. */
    public static final KeptTimes NONE = new KeptTimes(Long.MIN_VALUE, List.of());

    public KeptTimes {
        ranges = List.copyOf(ranges);
    }

    /**
     * A range of time, in the unit of IoTDB.
     *
     * @param from included
     * @param last included
     */
    public record Range(long from, long last) implements Serializable {
        boolean has(long time) {
            return from <= time && time <= last;
        }
    }

    /** Tells whether a row of that time is history. */
    boolean has(long time) {
        return time < before || ranges.stream().anyMatch(range -> range.has(time));
    }
}
