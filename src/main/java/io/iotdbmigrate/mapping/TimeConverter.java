package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Locale;
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
                    "is beyond what a timestamp in "
                            + precision.name().toLowerCase(Locale.ROOT)
                            + " can hold");
        }
    }

    private long fromUnit(long number) {
        long from = (unit == null ? TimestampUnit.MS : unit).perSecond();
        long to = TimestampUnit.valueOf(precision.name()).perSecond();
        return to >= from
                ? Math.multiplyExact(number, to / from)
                : Math.floorDiv(number, from / to);
    }
}
