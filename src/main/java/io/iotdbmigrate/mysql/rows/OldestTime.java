package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.MySqlType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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
    private static final int DATE_LENGTH = "yyyy-mm-dd".length();

    private OldestTime() {}

    /** Finds it; null if there is none, or if it lies outside of what {@link Instant} can say. */
    static @Nullable Instant of(TableMapping mapping, @Nullable String text) {
        if (text == null) {
            return null;
        }
        TimeSql time = new TimeSql(mapping);
        try {
            if (!time.isDated()) {
                return ofNumber(new BigDecimal(text), time.unit());
            }
            boolean absolute = mapping.timeColumns().get(0).type().kind() == Kind.TIMESTAMP;
            LocalDateTime local =
                    text.length() > DATE_LENGTH
                            ? LocalDateTime.parse(text.replace(' ', 'T'))
                            : LocalDate.parse(text).atStartOfDay();
            return local.atZone(absolute ? ZoneOffset.UTC : mapping.zone()).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Instant ofNumber(BigDecimal number, TimestampUnit unit) {
        BigInteger nanos =
                number.movePointRight(9 - unit.fractionDigits())
                        .setScale(0, RoundingMode.FLOOR)
                        .toBigInteger();
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
