package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.model.ZeroDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Field;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Schema;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that reads Debezium's rows of one mapping into canonical values, in the order of the
 * mapping's columns. One instance serves one thread.
 */
final class StructDecoder {
    private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private static final long NO_YEAR = 1900;

    private final List<Column> columns;
    private @Nullable Schema knownSchema;
    private Field[] fields = new Field[0];

    StructDecoder(FollowedTable table) {
        this.columns = table.columns();
    }

    @Nullable Object[] decode(Struct row) {
        if (row.schema() != knownSchema) {
            fields = fields(row.schema());
            knownSchema = row.schema();
        }
        Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            Object value = row.get(fields[i]);
            values[i] = value == null ? null : canonical(value, columns.get(i));
        }
        return values;
    }

    private Field[] fields(Schema schema) {
        Field[] found = new Field[columns.size()];
        for (int i = 0; i < found.length; i++) {
            String wanted = columns.get(i).name();
            found[i] =
                    schema.fields().stream()
                            .filter(f -> f.name().equalsIgnoreCase(ConnectorNames.column(wanted)))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "no column "
                                                            + wanted
                                                            + " in "
                                                            + schema.name()));
        }
        return found;
    }

    private static Object canonical(Object value, Column column) {
        MySqlType type = column.type();
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT -> ((Number) value).longValue();
            case YEAR -> year(((Number) value).longValue());
            case BIGINT -> value instanceof BigDecimal d ? integer(d.toBigInteger()) : value;
            case BIT -> bits(value);
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case DECIMAL, CHAR, VARCHAR, TEXT, ENUM, SET, JSON, TIME -> value;
            case BINARY, VARBINARY, BLOB -> bytes(value);
            case DATE, DATETIME, TIMESTAMP -> temporal((Long) value, column);
            case UUID, INET4, INET6 -> Addresses.text(type.kind(), bytes(value));
            case UNSUPPORTED ->
                    throw new IllegalStateException(
                            column.name().toLowerCase(Locale.ROOT) + " cannot be read");
        };
    }

    /** Undoes that the binlog client adds 1900 to the year 0000, too; no YEAR is 1900. */
    private static long year(long value) {
        return value == NO_YEAR ? 0 : value;
    }

    private static Object integer(BigInteger value) {
        return value.compareTo(LARGEST_LONG) > 0 ? value : (Object) value.longValue();
    }

    private static Object bits(Object value) {
        if (value instanceof Boolean bit) {
            return bit ? 1L : 0L;
        }
        byte[] littleEndian = (byte[]) value;
        byte[] magnitude = new byte[littleEndian.length];
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = littleEndian[magnitude.length - 1 - i];
        }
        return integer(new BigInteger(1, magnitude));
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Object temporal(long value, Column column) {
        if (value == TemporalConverter.UNREADABLE) {
            throw new IllegalStateException("a date of unknown form in column " + column.name());
        }
        if (value == TemporalConverter.DISTORTED) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "the connector's snapshot reads column "
                            + column.name()
                            + " by the clock of the TaskManager's JVM, and its time zone leaves out"
                            + " hours; start it with -Duser.timezone=UTC, or run the"
                            + " backfill first");
        }
        return value == TemporalConverter.ZERO ? ZeroDate.ZERO_DATE : (Object) value;
    }
}
