package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigInteger;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A temporal or integer column's canonical value as a timestamp in the server's unit. Not
 * thread-safe.
 */
final class TimeConverter {
    private static final long DAY_MICROS = 86_400_000_000L;

    private final MySqlType type;
    private final @Nullable TimestampUnit unit;
    private final WallClock clock;
    private final TimePrecision precision;

    /**
     * @param unit of an integer column, null for the others
     */
    TimeConverter(
            MySqlType type, @Nullable TimestampUnit unit, ZoneId zone, TimePrecision precision) {
        this.type = type;
        this.unit = unit;
        this.clock = new WallClock(zone);
        this.precision = precision;
    }

    long convert(Object value) throws RejectedValueException {
        if (value == ZeroDate.ZERO_DATE) {
            throw new RejectedValueException("is no date of any calendar");
        }
        if (value instanceof BigInteger) {
            throw new RejectedValueException("is beyond the largest timestamp");
        }
        long number = (Long) value;
        try {
            return switch (type.kind()) {
                case DATE ->
                        precision.fromMicros(
                                clock.toUtcMicros(Math.multiplyExact(number, DAY_MICROS)));
                case DATETIME -> precision.fromMicros(clock.toUtcMicros(number));
                case TIMESTAMP -> precision.fromMicros(number);
                default -> fromUnit(number);
            };
        } catch (ArithmeticException e) {
            throw new RejectedValueException(
                    "is beyond what a timestamp in " + precision + " can hold");
        }
    }

    private long fromUnit(long number) {
        TimestampUnit from = unit == null ? TimestampUnit.MS : unit;
        return switch (from) {
            case S -> precision.fromMicros(Math.multiplyExact(number, 1_000_000L));
            case MS ->
                    precision == TimePrecision.MS
                            ? number
                            : precision.fromMicros(Math.multiplyExact(number, 1000L));
            case US -> precision.fromMicros(number);
            case NS ->
                    switch (precision) {
                        case MS -> Math.floorDiv(number, 1_000_000L);
                        case US -> Math.floorDiv(number, 1000L);
                        case NS -> number;
                    };
        };
    }
}
