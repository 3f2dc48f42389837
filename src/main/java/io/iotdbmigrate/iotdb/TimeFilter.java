package io.iotdbmigrate.iotdb;

import java.util.List;

/** The times that are wanted of a target, in its unit. */
public sealed interface TimeFilter {
    /** All from the first to the last, both included. */
    record Range(long since, long until) implements TimeFilter {}

    /** Just these, one or more. */
    record Only(List<Long> times) implements TimeFilter {
        public Only {
            times = List.copyOf(times);
        }
    }
}
