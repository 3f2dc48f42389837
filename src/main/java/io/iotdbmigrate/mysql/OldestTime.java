package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.MySqlType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the smallest value of a time column, as MySQL prints it in a session whose zone is
 * UTC.
 */
final class OldestTime {
    private OldestTime() {}

    /** Finds it; null if there is none, or if it lies outside of what {@link Instant} can say. */
    static @Nullable Instant of(TableMapping mapping, @Nullable String text) {
        if (text == null) {
            return null;
        }
        MySqlType type = mapping.columns().get(mapping.timeColumn()).type();
        try {
            return switch (type.kind()) {
                case DATE -> LocalDate.parse(text).atStartOfDay(mapping.zone()).toInstant();
                case DATETIME -> dateTime(text).atZone(mapping.zone()).toInstant();
                case TIMESTAMP -> dateTime(text).toInstant(ZoneOffset.UTC);
                default -> ofNumber(new BigDecimal(text), mapping.timestampUnit());
            };
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** Returns a moment in the unit of IoTDB, what is shorter cut off. */
    static long ofIotdb(TableMapping mapping, Instant time) {
        long micros =
                Math.addExact(
                        Math.multiplyExact(time.getEpochSecond(), 1_000_000L),
                        time.getNano() / 1_000);
        return mapping.precision().fromMicros(micros);
    }

    private static LocalDateTime dateTime(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static Instant ofNumber(BigDecimal number, @Nullable TimestampUnit unit) {
        int digits =
                switch (unit == null ? TimestampUnit.MS : unit) {
                    case S -> 0;
                    case MS -> 3;
                    case US -> 6;
                    case NS -> 9;
                };
        BigDecimal nanos = number.movePointRight(9 - digits);
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos.longValueExact(), 1_000_000_000L),
                Math.floorMod(nanos.longValueExact(), 1_000_000_000L));
    }
}
