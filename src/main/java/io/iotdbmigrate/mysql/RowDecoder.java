package io.iotdbmigrate.mysql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
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
 * Reads rows of the binary protocol into canonical values (see {@link
 * io.iotdbmigrate.model.MySqlType}). It decodes the raw bytes that {@link ResultSet#getBytes(int)}
 * returns, because the driver's own conversions lose the sign of a negative TIME, throw on one
 * beyond 24 hours and on zero dates, and read DATETIME through a zone. The layout of each type is
 * that of MySQL's "Binary Protocol Value". Thread-safe.
 */
public final class RowDecoder {
    private static final VarHandle SHORT = little(short[].class);
    private static final VarHandle INT = little(int[].class);
    private static final VarHandle LONG = little(long[].class);
    private static final VarHandle FLOAT = little(float[].class);
    private static final VarHandle DOUBLE = little(double[].class);
    private static final long MICROS = 1_000_000L;
    private static final long DAY_SECONDS = 86_400L;

    private final Kind[] kinds;
    private final boolean[] unsigned;

    /**
     * @param columns the columns of the select list, in its order
     */
    public RowDecoder(List<Column> columns) {
        kinds = columns.stream().map(c -> c.type().kind()).toArray(Kind[]::new);
        unsigned = new boolean[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            unsigned[i] = columns.get(i).type().unsigned();
            if (kinds[i] == Kind.UNSUPPORTED) {
                throw new IllegalArgumentException(columns.get(i).type() + " cannot be read");
            }
        }
    }

    private static VarHandle little(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    /** The current row. */
    public @Nullable Object[] decode(ResultSet rows) throws SQLException {
        Object[] row = new Object[kinds.length];
        for (int i = 0; i < row.length; i++) {
            byte[] bytes = rows.getBytes(i + 1);
            row[i] = bytes == null ? null : decode(i, bytes);
        }
        return row;
    }

    int columns() {
        return kinds.length;
    }

    /** A value. */
    Object decode(int column, byte[] bytes) {
        return decode(kinds[column], unsigned[column], bytes);
    }

    /** A switch, not an object per column: a backfill of minutes calls this before it is warm. */
    private static Object decode(Kind kind, boolean unsigned, byte[] b) {
        return switch (kind) {
            case TINYINT -> unsigned ? (long) (b[0] & 0xff) : (long) b[0];
            case SMALLINT -> {
                short value = (short) SHORT.get(b, 0);
                yield unsigned ? (long) (value & 0xffff) : (long) value;
            }
            case YEAR -> (long) ((short) SHORT.get(b, 0) & 0xffff);
            case MEDIUMINT -> (long) (int) INT.get(b, 0);
            case INT -> unsigned ? (int) INT.get(b, 0) & 0xffff_ffffL : (long) (int) INT.get(b, 0);
            case BIGINT -> {
                long value = (long) LONG.get(b, 0);
                yield unsigned ? unsignedLong(value) : (Object) value;
            }
            case BIT -> bits(b);
            case FLOAT -> (float) FLOAT.get(b, 0);
            case DOUBLE -> (double) DOUBLE.get(b, 0);
            case DECIMAL -> new BigDecimal(new String(b, UTF_8));
            case CHAR, VARCHAR, TEXT, ENUM, SET, JSON -> new String(b, UTF_8);
            case BINARY, VARBINARY, BLOB -> b;
            case DATE -> date(b);
            case DATETIME, TIMESTAMP -> dateTime(b);
            case TIME -> time(b);
            case UNSUPPORTED -> throw new IllegalStateException("refused by the constructor");
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
