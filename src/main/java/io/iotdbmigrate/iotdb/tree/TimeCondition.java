package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.iotdb.TimeFilter;
import java.util.stream.Collectors;

/** The wanted times as a condition of SQL. */
final class TimeCondition {
    private TimeCondition() {}

    /** Returns the WHERE with a blank before it, empty for all times. */
    static String where(TimeFilter times) {
        String condition = condition(times);
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    /**
     * Writes the condition. The server looks a list up; it would compare each row with each term of
     * an OR.
     */
    private static String condition(TimeFilter times) {
        if (times instanceof TimeFilter.Range range) {
            String from = range.since() == Long.MIN_VALUE ? "" : "time >= " + range.since();
            String to = range.until() == Long.MAX_VALUE ? "" : "time <= " + range.until();
            return from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to;
        }
        return ((TimeFilter.Only) times)
                .times().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "time IN (", ")"));
    }
}
