package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reader of the dates and times that {@code where} compares with. */
final class FilterMoments {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})(?: (\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?)?");
    private static final Pattern TIME =
            Pattern.compile("(-?)(\\d{2,3}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?");

    private static final int FIRST_YEAR = 1000;
    private static final int MOST_HOURS = 838;
    private static final long MICROS = 1_000_000L;
    private static final int MICRO_DIGITS = 6;

    private final ZoneId zone;

    /**
     * @param zone of a TIMESTAMP's text
     */
    FilterMoments(ZoneId zone) {
        this.zone = zone;
    }

    static boolean isMoment(Kind kind) {
        return kind == Kind.DATE
                || kind == Kind.DATETIME
                || kind == Kind.TIMESTAMP
                || kind == Kind.TIME;
    }

    /** Returns the form of a text, by an example. */
    static String form(Kind kind) {
        return switch (kind) {
            case DATE -> "a date such as '2026-01-31'";
            case TIME -> "a time such as '23:59:59'";
            default -> "a date and time such as '2026-01-31 23:59:59'";
        };
    }

    /**
     * Reads a text as the canonical value of a type.
     *
     * @throws RejectedValueException if it is none; the message goes behind the text
     */
    long read(String text, MySqlType type) throws RejectedValueException {
        return switch (type.kind()) {
            case DATE -> date(text).toEpochDay();
            case TIME -> time(text, type);
            default -> dateTime(text, type);
        };
    }

    private static LocalDate date(String text) throws RejectedValueException {
        Matcher date = DATE.matcher(text);
        try {
            if (date.matches() && Integer.parseInt(date.group(1)) >= FIRST_YEAR) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw new RejectedValueException("is a date that no calendar has");
        }
        throw new RejectedValueException("is no date from the year 1000 on");
    }

    private long dateTime(String text, MySqlType type) throws RejectedValueException {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            throw new RejectedValueException("is no date and time");
        }
        LocalDate day = date(parts.group(1));
        LocalDateTime local;
        try {
            local =
                    parts.group(2) == null
                            ? day.atStartOfDay()
                            : day.atTime(
                                    Integer.parseInt(parts.group(2)),
                                    Integer.parseInt(parts.group(3)),
                                    Integer.parseInt(parts.group(4)));
        } catch (DateTimeException e) {
            throw new RejectedValueException("is a time that no clock has");
        }
        long micros = fraction(parts.group(5), type);
        return offset(local, type).getTotalSeconds() * -MICROS
                + local.toEpochSecond(ZoneOffset.UTC) * MICROS
                + micros;
    }

    private ZoneOffset offset(LocalDateTime local, MySqlType type) throws RejectedValueException {
        if (type.kind() != Kind.TIMESTAMP) {
            return ZoneOffset.UTC;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            throw new RejectedValueException(
                    "is a time that "
                            + (offsets.isEmpty() ? "never was" : "came twice")
                            + " in "
                            + zone.getId()
                            + ", as clocks were changed");
        }
        return offsets.get(0);
    }

    private static long time(String text, MySqlType type) throws RejectedValueException {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new RejectedValueException("is no time");
        }
        long hours = Long.parseLong(parts.group(2));
        long minutes = Long.parseLong(parts.group(3));
        long seconds = Long.parseLong(parts.group(4));
        long micros =
                ((hours * 60 + minutes) * 60 + seconds) * MICROS + fraction(parts.group(5), type);
        if (minutes > 59 || seconds > 59 || micros > ((MOST_HOURS * 60 + 59) * 60 + 59) * MICROS) {
            throw new RejectedValueException("is a time that MySQL's TIME cannot hold");
        }
        return parts.group(1).isEmpty() ? micros : -micros;
    }

    private static long fraction(@Nullable String digits, MySqlType type)
            throws RejectedValueException {
        if (digits == null) {
            return 0;
        }
        if (digits.length() > type.length()) {
            throw new RejectedValueException(
                    "has more digits of a second than " + type + ", and MySQL would round it");
        }
        return Long.parseLong(digits + "0".repeat(MICRO_DIGITS - digits.length()));
    }
}
