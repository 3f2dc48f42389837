package io.iotdbmigrate.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a time that is written as text: {@code iso}, or a pattern of {@link
 * DateTimeFormatter} with English names. A date that does not exist, such as 30 February, is not
 * read. Thread-safe.
 */
public final class TimePattern {
    /** Takes a space for the T, and needs neither a time nor an offset. */
    static final String ISO = "iso";

    private final DateTimeFormatter formatter;

    private TimePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /**
     * A time that was read.
     *
     * @param local on the clock of the text
     * @param zone that the text names; null if it names none
     */
    public record Read(LocalDateTime local, @Nullable ZoneId zone) {}

    /**
     * Makes the reader of a form.
     *
     * @throws IllegalArgumentException if it is no pattern
     */
    public static TimePattern of(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        if (format.equalsIgnoreCase(ISO)) {
            builder.append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendPattern("[XXXXX][XX][X]")
                    .optionalEnd()
                    .optionalEnd();
        } else {
            builder.appendPattern(format).parseDefaulting(ChronoField.ERA, 1);
        }
        return new TimePattern(
                builder.toFormatter(Locale.ENGLISH)
                        .withChronology(IsoChronology.INSTANCE)
                        .withResolverStyle(ResolverStyle.STRICT));
    }

    /** Returns what is wrong with a form, in words; empty if nothing. */
    static Optional<String> problem(String format) {
        try {
            TimePattern pattern = of(format);
            ZonedDateTime sample = ZonedDateTime.of(2024, 10, 9, 21, 8, 7, 0, ZoneOffset.UTC);
            return pattern.read(pattern.formatter.format(sample)).isPresent()
                    ? Optional.empty()
                    : Optional.of("does not say year, month and day");
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of("is no pattern of a time");
        }
    }

    /** Reads a text; empty if it is none of this form. A date alone is its midnight. */
    public Optional<Read> read(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            if (date == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new Read(
                            date.atTime(time == null ? LocalTime.MIDNIGHT : time),
                            parsed.query(TemporalQueries.zone())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
