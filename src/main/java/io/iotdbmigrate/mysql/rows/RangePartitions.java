package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.RowTime;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reader of partitions by ranges of a mapping's time, from what SHOW CREATE TABLE prints. */
public final class RangePartitions {
    private static final Pattern HEAD =
            Pattern.compile(
                    "PARTITION BY RANGE\\s+(COLUMNS)?\\s*\\((.+)\\)\\s*$", Pattern.MULTILINE);

    private static final Pattern PARTITION =
            Pattern.compile(
                    "\\bPARTITION (`(?:[^`]|``)+`|[^\\s`]+) VALUES LESS THAN"
                            + " (?:MAXVALUE|\\((.*?)\\))(?=[\\s,)])");

    /** {@code TO_DAYS('1970-01-01')}. */
    private static final long DAYS_TO_EPOCH = 719_528;

    /** {@code TO_SECONDS('1970-01-01')}. */
    private static final long SECONDS_TO_EPOCH = 62_167_219_200L;

    /** Clocks are not changed by more. */
    private static final Duration CLOCK_CHANGE = Duration.ofHours(3);

    private RangePartitions() {}

    /**
     * A range of time, in the unit of IoTDB. Where clocks change near a bound, it is wider than the
     * partition.
     *
     * @param from included; the smallest number if there is no bound
     * @param last included; the largest number if there is no bound
     */
    public record Range(long from, long last) {
        /** Returns the shortest range that has both. */
        public Range hull(Range other) {
            return new Range(Math.min(from, other.from), Math.max(last, other.last));
        }

        /** Tells whether a time is in both. */
        public boolean overlaps(Range other) {
            return from <= other.last && other.from <= last;
        }
    }

    /**
     * Reads the partitions by their names, the oldest first.
     *
     * @return empty if the table is not partitioned by ranges of the mapping's time, or by a
     *     function of it that is not known here
     */
    public static Optional<Map<String, Range>> of(TableMapping mapping, String createTable) {
        Matcher head = HEAD.matcher(createTable);
        boolean inOneColumn =
                mapping.time() instanceof RowTime.Moment || mapping.time() instanceof RowTime.Count;
        if (!inOneColumn || !head.find()) {
            return Optional.empty();
        }
        Column time = mapping.timeColumns().get(0);
        String by = head.group(2).replace("`", "").strip().toLowerCase(Locale.ROOT);
        String column = time.name().toLowerCase(Locale.ROOT);
        String function =
                by.equals(column)
                        ? ""
                        : by.endsWith("(" + column + ")")
                                ? by.substring(0, by.length() - column.length() - 2)
                                : "?";
        Map<String, Range> ranges = new LinkedHashMap<>();
        Matcher partition = PARTITION.matcher(createTable);
        long from = Long.MIN_VALUE;
        for (int at = head.end(); partition.find(at); at = partition.end()) {
            String bound = partition.group(2);
            boolean open = bound == null || bound.equals("MAXVALUE");
            Instant instant = open ? null : instant(mapping, time, function, unquoted(bound));
            if (!open && instant == null) {
                return Optional.empty();
            }
            long until = instant == null ? Long.MAX_VALUE : wider(mapping, time, instant, 1) - 1;
            ranges.put(name(partition.group(1)), new Range(from, until));
            from = instant == null ? Long.MAX_VALUE : wider(mapping, time, instant, -1);
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(ranges);
    }

    private static String name(String printed) {
        return (printed.startsWith("`")
                        ? printed.substring(1, printed.length() - 1).replace("``", "`")
                        : printed)
                .toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String bound) {
        return bound.startsWith("'") ? bound.substring(1, bound.length() - 1) : bound;
    }

    /** Returns the moment of a bound, null if the function does not lead to one. */
    private static @Nullable Instant instant(
            TableMapping mapping, Column time, String function, String bound) {
        Kind kind = time.type().kind();
        boolean local = kind == Kind.DATE || kind == Kind.DATETIME;
        try {
            return switch (function) {
                case "" -> OldestTime.of(mapping, bound);
                case "to_days" ->
                        local
                                ? at(
                                        mapping,
                                        LocalDate.ofEpochDay(Long.parseLong(bound) - DAYS_TO_EPOCH)
                                                .atStartOfDay())
                                : null;
                case "year" ->
                        local
                                ? at(
                                        mapping,
                                        LocalDate.of(Integer.parseInt(bound), 1, 1).atStartOfDay())
                                : null;
                case "to_seconds" ->
                        local
                                ? at(
                                        mapping,
                                        LocalDateTime.ofEpochSecond(
                                                Long.parseLong(bound) - SECONDS_TO_EPOCH,
                                                0,
                                                ZoneOffset.UTC))
                                : null;
                case "unix_timestamp" ->
                        kind == Kind.TIMESTAMP
                                ? Instant.ofEpochSecond(Long.parseLong(bound))
                                : null;
                default -> null;
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant at(TableMapping mapping, LocalDateTime local) {
        return local.atZone(mapping.zone()).toInstant();
    }

    private static long wider(TableMapping mapping, Column time, Instant bound, int direction) {
        Kind kind = time.type().kind();
        boolean local = kind == Kind.DATE || kind == Kind.DATETIME;
        boolean clocksChange = local && changesNear(mapping.zone().getRules(), bound);
        return OldestRow.ofIotdb(
                mapping, clocksChange ? bound.plus(CLOCK_CHANGE.multipliedBy(direction)) : bound);
    }

    /** Tells whether clocks change within three hours of a moment. */
    static boolean changesNear(ZoneRules rules, Instant bound) {
        ZoneOffsetTransition next = rules.nextTransition(bound.minus(CLOCK_CHANGE));
        return next != null && next.getInstant().isBefore(bound.plus(CLOCK_CHANGE));
    }
}
