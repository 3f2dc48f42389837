package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.ZeroDate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the binary protocol into canonical values (see {@link MySqlType}). It decodes the
 * raw bytes that {@link ResultSet#getBytes(int)} returns, because the driver's own conversions lose
 * the sign of a negative TIME, throw on one beyond 24 hours and on zero dates, and read DATETIME
 * through a zone. The layout of each type is that of MySQL's "Binary Protocol Value". Thread-safe.
 */
public final class RowDecoder {
    private static final VarHandle SHORT = little(short[].class);
    private static final VarHandle INT = little(int[].class);
    private static final VarHandle LONG = little(long[].class);
    private static final VarHandle FLOAT = little(float[].class);
    private static final VarHandle DOUBLE = little(double[].class);
    private static final long MICROS = 1_000_000L;
    private static final long DAY_SECONDS = 86_400L;

    private final ValueDecoder[] decoders;

    /**
     * @param columns the columns of the select list, in its order
     */
    public RowDecoder(List<Column> columns) {
        decoders = columns.stream().map(c -> decoder(c.type())).toArray(ValueDecoder[]::new);
    }

    private static VarHandle little(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    /** The current row. */
    public @Nullable Object[] decode(ResultSet rows) throws SQLException {
        Object[] row = new Object[decoders.length];
        for (int i = 0; i < row.length; i++) {
            byte[] bytes = rows.getBytes(i + 1);
            row[i] = bytes == null ? null : decoders[i].decode(bytes);
        }
        return row;
    }

    @FunctionalInterface
    private interface ValueDecoder {
        Object decode(byte[] bytes);
    }

    private static ValueDecoder decoder(MySqlType type) {
        boolean unsigned = type.unsigned();
        return switch (type.kind()) {
            case TINYINT -> unsigned ? b -> (long) (b[0] & 0xff) : b -> (long) b[0];
            case SMALLINT ->
                    unsigned
                            ? b -> (long) ((short) SHORT.get(b, 0) & 0xffff)
                            : b -> (long) (short) SHORT.get(b, 0);
            case YEAR -> b -> (long) ((short) SHORT.get(b, 0) & 0xffff);
            case MEDIUMINT -> b -> (long) (int) INT.get(b, 0);
            case INT ->
                    unsigned
                            ? b -> (int) INT.get(b, 0) & 0xffff_ffffL
                            : b -> (long) (int) INT.get(b, 0);
            case BIGINT ->
                    unsigned
                            ? b -> unsignedLong((long) LONG.get(b, 0))
                            : b -> (long) LONG.get(b, 0);
            case BIT -> RowDecoder::bits;
            case FLOAT -> b -> (float) FLOAT.get(b, 0);
            case DOUBLE -> b -> (double) DOUBLE.get(b, 0);
            case DECIMAL -> b -> new BigDecimal(new String(b, UTF_8));
            case CHAR, VARCHAR, TEXT, ENUM, SET, JSON -> b -> new String(b, UTF_8);
            case BINARY, VARBINARY, BLOB -> b -> b;
            case DATE -> RowDecoder::date;
            case DATETIME, TIMESTAMP -> RowDecoder::dateTime;
            case TIME -> RowDecoder::time;
            case UNSUPPORTED -> throw new IllegalArgumentException(type + " cannot be read");
        };
    }

    private static Object unsignedLong(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    private static Object bits(byte[] bigEndian) {
        long value = 0;
        for (byte b : bigEndian) {
            value = value << 8 | (b & 0xff);
        }
        return unsignedLong(value);
    }

    private static Object date(byte[] b) {
        LocalDate date = calendarDate(b);
        return date == null ? ZeroDate.ZERO_DATE : (Object) date.toEpochDay();
    }

    private static Object dateTime(byte[] b) {
        LocalDate date = calendarDate(b);
        if (date == null) {
            return ZeroDate.ZERO_DATE;
        }
        long seconds = date.toEpochDay() * DAY_SECONDS;
        if (b.length >= 7) {
            seconds += b[4] * 3600L + b[5] * 60L + b[6];
        }
        return seconds * MICROS + (b.length >= 11 ? (int) INT.get(b, 7) : 0);
    }

    private static @Nullable LocalDate calendarDate(byte[] b) {
        if (b.length < 4 || b[2] == 0 || b[3] == 0) {
            return null;
        }
        try {
            return LocalDate.of((short) SHORT.get(b, 0) & 0xffff, b[2], b[3]);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Object time(byte[] b) {
        if (b.length == 0) {
            return 0L;
        }
        long seconds = (int) INT.get(b, 1) * DAY_SECONDS + b[5] * 3600L + b[6] * 60L + b[7];
        long micros = seconds * MICROS + (b.length >= 12 ? (int) INT.get(b, 8) : 0);
        return b[0] == 0 ? micros : -micros;
    }
}
