package io.iotdbmigrate.mysql.rows;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds that matters to its mapping.
 *
 * @param rows looked at
 * @param sampled whether there are more rows than these
 * @param rejected rows that cannot be mapped, but for those of {@link Devices#illegalRows}
 * @param collapsed rows that give way to another of the same (device, time); -1 if not counted
 * @param nullTimes times that are null or no date of any calendar
 * @param unreadTimes texts that are no time of the form that the config names
 * @param oldest the earliest time, null if there is none or the time is a text
 * @param zeroDates rows with a zero date, by measurement column, as the others below; columns
 *     without are absent
 * @param notBoolean rows with something else than 0 and 1 in a column mapped to BOOLEAN
 * @param tooLarge rows with a number above 2^63-1
 * @param tooEarly rows with a DATE before the year 1000
 * @param unreadable rows with a text that is no number or truth value
 * @param skipped rows whose value is left out by {@code on_invalid: skip}
 */
public record TableCounts(
        long rows,
        boolean sampled,
        long rejected,
        long collapsed,
        long nullTimes,
        Unread unreadTimes,
        @Nullable Instant oldest,
        Devices devices,
        Map<String, Long> zeroDates,
        Map<String, Long> notBoolean,
        Map<String, Long> tooLarge,
        Map<String, Long> tooEarly,
        Map<String, Long> unreadable,
        Map<String, Long> skipped) {

    /**
     * The texts that were to be times.
     *
     * @param rows that have one
     * @param example null if there is none
     */
    public record Unread(long rows, @Nullable String example) {}

    /**
     * The devices.
     *
     * @param count how many
     * @param names different ones of rows of a tall table, whatever their device; else 0
     * @param nullRows rows without a name for a device
     * @param quoted devices whose path needs backticks
     * @param quotedExample the path of one, null if there is none
     * @param illegalRows rows of devices that IoTDB cannot have
     * @param illegalExample the name of one, null if there is none
     */
    public record Devices(
            long count,
            long names,
            long nullRows,
            long quoted,
            @Nullable String quotedExample,
            long illegalRows,
            @Nullable String illegalExample) {}

    /**
     * Counts rows of which nothing arrives in IoTDB: rejected ones and those that give way to
     * others.
     */
    public long lost() {
        return Math.min(rows, rejected + devices.illegalRows() + Math.max(0, collapsed));
    }

    public TableCounts {
        zeroDates = Map.copyOf(zeroDates);
        notBoolean = Map.copyOf(notBoolean);
        tooLarge = Map.copyOf(tooLarge);
        tooEarly = Map.copyOf(tooEarly);
        unreadable = Map.copyOf(unreadable);
        skipped = Map.copyOf(skipped);
    }
}
