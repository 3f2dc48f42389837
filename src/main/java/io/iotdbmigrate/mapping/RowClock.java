package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.config.TimePattern;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a row's time, in the server's unit. The columns of the time are not null. For one
 * thread.
 */
@FunctionalInterface
interface RowClock {
    /** Digits of a DOUBLE: the shortest number that names it has one of these lengths. */
    List<Integer> DOUBLE_DIGITS = List.of(15, 16, 17);

    /** Years whose microseconds a long holds. */
    int LAST_YEAR = 290_000;

    long DAY_MICROS = 86_400_000_000L;

    long of(@Nullable Object[] row) throws RejectedValueException;

    /** Returns the reader of a mapping's rows. */
    static RowClock of(TableMapping mapping) {
        return of(mapping.time(), mapping.columns(), mapping.zone(), mapping.precision());
    }

    /** Returns the reader of a time that stands in these columns. */
    static RowClock of(RowTime time, List<Column> columns, ZoneId zone, TimePrecision precision) {
        RowClock clock = unlimited(time, columns, zone, precision);
        return row -> {
            try {
                return withinRange(clock.of(row), precision);
            } catch (ArithmeticException e) {
                throw beyond(precision);
            }
        };
    }

    private static RowClock unlimited(
            RowTime time, List<Column> columns, ZoneId zone, TimePrecision precision) {
        if (time instanceof RowTime.Moment moment) {
            TimeConverter converter =
                    new TimeConverter(columns.get(moment.column()).type(), null, zone, precision);
            return row -> converter.convert(row[moment.column()]);
        }
        if (time instanceof RowTime.Count count) {
            TimeConverter converter =
                    new TimeConverter(
                            columns.get(count.column()).type(), count.unit(), zone, precision);
            return row -> {
                Object value = row[count.column()];
                return value instanceof Long || value instanceof BigInteger
                        ? converter.convert(value)
                        : ofDecimal(value, count.unit(), precision);
            };
        }
        if (time instanceof RowTime.CountAndFraction count) {
            return row -> ofFraction(row, count, precision);
        }
        WallClock clock = new WallClock(zone);
        if (time instanceof RowTime.DateAndTime pair) {
            return row -> precision.fromMicros(clock.toUtcMicros(localMicros(row, pair)));
        }
        RowTime.Text text = (RowTime.Text) time;
        TimePattern pattern = TimePattern.of(text.format());
        return row -> ofText((String) row[text.column()], pattern, text.format(), clock, precision);
    }

    private static long withinRange(long time, TimePrecision precision)
            throws RejectedValueException {
        if (time > precision.largestTime()) {
            throw new RejectedValueException(
                    "is behind 2286-11-20T17:46:40Z, the last time that IoTDB takes");
        }
        return time;
    }

    private static RejectedValueException beyond(TimePrecision precision) {
        return new RejectedValueException(
                "is beyond what a timestamp in "
                        + precision.name().toLowerCase(Locale.ROOT)
                        + " can hold");
    }

    private static long ofDecimal(Object value, TimestampUnit unit, TimePrecision precision) {
        BigDecimal number = value instanceof Double d ? shortest(d) : (BigDecimal) value;
        int digits = precision.fractionDigits() - unit.fractionDigits();
        return number.movePointRight(digits).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /**
     * Returns the shortest number that names a DOUBLE: what was meant when it was written. Its
     * binary value lies up to half a step off, often below, where cutting would lose a digit.
     */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits : DOUBLE_DIGITS) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact;
    }

    private static long ofFraction(
            @Nullable Object[] row, RowTime.CountAndFraction time, TimePrecision precision)
            throws RejectedValueException {
        Object count = row[time.column()];
        Object fraction = row[time.fraction()];
        if (!(count instanceof Long coarse)) {
            throw beyond(precision);
        }
        if (!(fraction instanceof Long fine) || fine < 0 || fine >= time.finerPerUnit()) {
            throw new RejectedValueException(
                    "has the fraction "
                            + fraction
                            + " "
                            + lower(time.fractionUnit())
                            + ", which is not from 0 to "
                            + (time.finerPerUnit() - 1));
        }
        long to = TimestampUnit.valueOf(precision.name()).perSecond();
        long perCoarse = time.unit().perSecond();
        if (to < perCoarse) {
            return Math.floorDiv(coarse, perCoarse / to);
        }
        long perFine = time.fractionUnit().perSecond();
        long rest = to >= perFine ? fine * (to / perFine) : fine / (perFine / to);
        return Math.addExact(Math.multiplyExact(coarse, to / perCoarse), rest);
    }

    private static String lower(TimestampUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static long localMicros(@Nullable Object[] row, RowTime.DateAndTime pair)
            throws RejectedValueException {
        if (row[pair.date()] == ZeroDate.ZERO_DATE) {
            throw new RejectedValueException("is no date of any calendar");
        }
        long micros = (Long) row[pair.time()];
        if (micros < 0 || micros >= DAY_MICROS) {
            throw new RejectedValueException("stands beside a TIME that is no time of a day");
        }
        return Math.addExact(Math.multiplyExact((Long) row[pair.date()], DAY_MICROS), micros);
    }

    private static long ofText(
            String text,
            TimePattern pattern,
            String format,
            WallClock clock,
            TimePrecision precision)
            throws RejectedValueException {
        TimePattern.Read read =
                pattern.read(text)
                        .orElseThrow(
                                () ->
                                        new RejectedValueException(
                                                "is no time of the form " + format));
        LocalDateTime local = read.local();
        if (Math.abs(local.getYear()) > LAST_YEAR) {
            throw beyond(precision);
        }
        if (read.zone() != null) {
            clock = new WallClock(read.zone());
        }
        long micros =
                clock.toUtcMicros(ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), local));
        return precision == TimePrecision.NS
                ? Math.addExact(
                        precision.fromMicros(micros), local.get(ChronoField.NANO_OF_SECOND) % 1000)
                : precision.fromMicros(micros);
    }
}
