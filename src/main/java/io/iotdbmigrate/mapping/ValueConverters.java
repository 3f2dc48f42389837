package io.iotdbmigrate.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The maker of the converter of a measurement. Which pairs exist is decided in {@link TypeRules}.
 */
final class ValueConverters {
    /** For values whose canonical form is that of the target; calling it can be spared. */
    static final ValueConverter AS_IS = value -> value;

    private static final LocalDate FIRST_DATE = LocalDate.of(1000, 1, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

    private ValueConverters() {}

    static ValueConverter of(
            MySqlType type, TargetType target, ZoneId zone, TimePrecision precision) {
        return TypeRules.readsText(type, target)
                ? ofText(target)
                : ofType(type, target, zone, precision);
    }

    private static ValueConverter ofText(TargetType target) {
        return switch (target) {
            case BOOLEAN -> TextValues::toBoolean;
            case INT32 -> TextValues::toInt;
            case INT64 -> TextValues::toLong;
            case FLOAT -> TextValues::toFloat;
            default -> TextValues::toDouble;
        };
    }

    private static ValueConverter ofType(
            MySqlType type, TargetType target, ZoneId zone, TimePrecision precision) {
        return switch (target) {
            case TEXT, STRING, BLOB -> bytes(type);
            case BOOLEAN -> ValueConverters::toBoolean;
            case INT32 -> value -> Math.toIntExact(toLong(value));
            case INT64 ->
                    type.kind() == Kind.DATETIME || type.kind() == Kind.TIMESTAMP
                            ? timestamp(type, zone, precision)
                            : fitsLong(type) ? AS_IS : ValueConverters::toLong;
            case FLOAT ->
                    type.kind() == Kind.FLOAT ? AS_IS : value -> ((Number) value).floatValue();
            case DOUBLE ->
                    type.kind() == Kind.DOUBLE ? AS_IS : value -> ((Number) value).doubleValue();
            case DATE -> ValueConverters::toDate;
            case TIMESTAMP -> timestamp(type, zone, precision);
        };
    }

    private static boolean fitsLong(MySqlType type) {
        return switch (type.kind()) {
            case TIME -> true;
            case DECIMAL -> false;
            default -> type.signedBits() <= Long.SIZE;
        };
    }

    private static ValueConverter bytes(MySqlType type) {
        if (type.kind().isBinary()) {
            return AS_IS;
        }
        if (type.kind() == Kind.JSON) {
            return value -> CanonicalJson.of((String) value).getBytes(UTF_8);
        }
        if (type.kind().isText()) {
            return value -> ((String) value).getBytes(UTF_8);
        }
        return value ->
                value == ZeroDate.ZERO_DATE ? null : CanonicalText.of(value, type).getBytes(UTF_8);
    }

    private static ValueConverter timestamp(MySqlType type, ZoneId zone, TimePrecision precision) {
        TimeConverter converter = new TimeConverter(type, null, zone, precision);
        return value -> value == ZeroDate.ZERO_DATE ? null : (Object) converter.convert(value);
    }

    private static Object toBoolean(Object value) throws RejectedValueException {
        long number = toLong(value);
        if (number != 0 && number != 1) {
            throw new RejectedValueException(
                    "is neither 0 nor 1 and BOOLEAN holds no other; set type: INT32");
        }
        return number == 1;
    }

    private static long toLong(Object value) throws RejectedValueException {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.longValueExact();
        }
        if (value instanceof BigInteger) {
            throw new RejectedValueException(
                    "is above 9223372036854775807, the largest INT64; set type: TEXT");
        }
        throw new IllegalArgumentException(value.getClass().getName());
    }

    private static @org.jspecify.annotations.Nullable Object toDate(Object value)
            throws RejectedValueException {
        if (value == ZeroDate.ZERO_DATE) {
            return null;
        }
        LocalDate date = LocalDate.ofEpochDay((Long) value);
        if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
            throw new RejectedValueException(
                    "is outside 1000-01-01..9999-12-31, the range of DATE; set type: TEXT");
        }
        return date;
    }
}
