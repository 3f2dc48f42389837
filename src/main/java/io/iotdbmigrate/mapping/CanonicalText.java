package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/** A canonical MySQL value written out: in device names, TEXT measurements, rejected rows. */
public final class CanonicalText {
    private static final long MICROS = 1_000_000L;

    private CanonicalText() {}

    /**
     * Spells a value as MySQL prints it, where it prints exactly; TIMESTAMP in UTC with a {@code
     * Z}; bytes in hex.
     */
    public static String of(Object value, MySqlType type) {
        if (value == ZeroDate.ZERO_DATE) {
            return "0000-00-00";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Long number) {
            return switch (type.kind()) {
                case DATE -> LocalDate.ofEpochDay(number).toString();
                case DATETIME -> dateTime(number, fraction(type));
                case TIMESTAMP -> dateTime(number, fraction(type)) + "Z";
                case TIME -> time(number, fraction(type));
                case YEAR -> String.format(Locale.ROOT, "%04d", number);
                default -> number.toString();
            };
        }
        return value.toString();
    }

    private static int fraction(MySqlType type) {
        return (int) type.length();
    }

    private static String dateTime(long micros, int fraction) {
        LocalDateTime t =
                LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), 0, ZoneOffset.UTC);
        return String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d %02d:%02d:%02d",
                        t.getYear(),
                        t.getMonthValue(),
                        t.getDayOfMonth(),
                        t.getHour(),
                        t.getMinute(),
                        t.getSecond())
                + fractionOf(Math.floorMod(micros, MICROS), fraction);
    }

    private static String time(long micros, int fraction) {
        long absolute = Math.abs(micros);
        long seconds = absolute / MICROS;
        return String.format(
                        Locale.ROOT,
                        "%s%02d:%02d:%02d",
                        micros < 0 ? "-" : "",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60)
                + fractionOf(absolute % MICROS, fraction);
    }

    private static String fractionOf(long micros, int digits) {
        return digits == 0
                ? ""
                : "." + String.format(Locale.ROOT, "%06d", micros).substring(0, digits);
    }
}
