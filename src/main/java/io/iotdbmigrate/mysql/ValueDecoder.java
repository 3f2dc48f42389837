package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.ZeroDate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A decoder that reads values of the binary protocol into canonical ones (see {@link
 * io.iotdbmigrate.model.MySqlType}); the layout of each type is that of MySQL's "Binary Protocol
 * Value". The driver's own conversions lose the sign of a negative TIME, throw on one beyond 24
 * hours and on zero dates, and read DATETIME through a zone. Remembers the last date; not
 * thread-safe.
 */
final class ValueDecoder {
    static final VarHandle SHORT = little(short[].class);
    static final VarHandle INT = little(int[].class);
    static final VarHandle LONG = little(long[].class);

    private static final VarHandle FLOAT = little(float[].class);
    private static final VarHandle DOUBLE = little(double[].class);
    private static final long MICROS = 1_000_000L;
    private static final long DAY_SECONDS = 86_400L;
    private static final long NO_DAY = Long.MIN_VALUE;

    /** Year, month and day as they come over the wire; 0 is 0000-00-00. */
    private int lastDate;

    private long lastDay = NO_DAY;

    private static VarHandle little(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns a value. A switch, not an object per column: a backfill of minutes calls this before
     * it is warm.
     *
     * @param at where it begins, behind its length if it has one
     * @param length in bytes
     */
    Object decode(Kind kind, boolean unsigned, byte[] b, int at, int length) {
        return switch (kind) {
            case TINYINT -> unsigned ? (long) (b[at] & 0xff) : (long) b[at];
            case SMALLINT -> {
                short value = (short) SHORT.get(b, at);
                yield unsigned ? (long) (value & 0xffff) : (long) value;
            }
            case YEAR -> (long) ((short) SHORT.get(b, at) & 0xffff);
            case MEDIUMINT -> (long) (int) INT.get(b, at);
            case INT ->
                    unsigned ? (int) INT.get(b, at) & 0xffff_ffffL : (long) (int) INT.get(b, at);
            case BIGINT -> {
                long value = (long) LONG.get(b, at);
                yield unsigned ? unsignedLong(value) : (Object) value;
            }
            case BIT -> bits(b, at, length);
            case FLOAT -> (float) FLOAT.get(b, at);
            case DOUBLE -> (double) DOUBLE.get(b, at);
            case DECIMAL -> new BigDecimal(new String(b, at, length, UTF_8));
            case CHAR, VARCHAR, TEXT, ENUM, SET, JSON, UUID, INET4, INET6 ->
                    new String(b, at, length, UTF_8);
            case BINARY, VARBINARY, BLOB -> Arrays.copyOfRange(b, at, at + length);
            case DATE -> date(b, at, length);
            case DATETIME, TIMESTAMP -> dateTime(b, at, length);
            case TIME -> time(b, at, length);
            case UNSUPPORTED -> throw new IllegalStateException("refused by RowDecoder");
        };
    }

    private static Object unsignedLong(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    private static Object bits(byte[] bigEndian, int at, int length) {
        long value = 0;
        for (int i = at; i < at + length; i++) {
            value = value << 8 | (bigEndian[i] & 0xff);
        }
        return unsignedLong(value);
    }

    private Object date(byte[] b, int at, int length) {
        long day = day(b, at, length);
        return day == NO_DAY ? ZeroDate.ZERO_DATE : (Object) day;
    }

    private Object dateTime(byte[] b, int at, int length) {
        long day = day(b, at, length);
        if (day == NO_DAY) {
            return ZeroDate.ZERO_DATE;
        }
        long seconds = day * DAY_SECONDS;
        if (length >= 7) {
            seconds += b[at + 4] * 3600L + b[at + 5] * 60L + b[at + 6];
        }
        return seconds * MICROS + (length >= 11 ? (int) INT.get(b, at + 7) : 0);
    }

    private long day(byte[] b, int at, int length) {
        if (length < 4) {
            return NO_DAY;
        }
        int date = (int) INT.get(b, at);
        if (date != lastDate) {
            lastDay = day((short) SHORT.get(b, at) & 0xffff, b[at + 2], b[at + 3]);
            lastDate = date;
        }
        return lastDay;
    }

    private static long day(int year, int month, int day) {
        if (month == 0 || day == 0) {
            return NO_DAY;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return NO_DAY;
        }
    }

    private static Object time(byte[] b, int at, int length) {
        if (length == 0) {
            return 0L;
        }
        long seconds =
                (int) INT.get(b, at + 1) * DAY_SECONDS
                        + b[at + 5] * 3600L
                        + b[at + 6] * 60L
                        + b[at + 7];
        long micros = seconds * MICROS + (length >= 12 ? (int) INT.get(b, at + 8) : 0);
        return b[at] == 0 ? micros : -micros;
    }
}
