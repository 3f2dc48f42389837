package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.cdc.connectors.shaded.org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A converter that hands on dates and times in canonical form, see {@link
 * io.iotdbmigrate.model.MySqlType}. Debezium on its own turns a zero date in a NOT NULL column into
 * 1970-01-01. It makes an instance by this class' name.
 */
public final class TemporalConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    /** A zero date in a NOT NULL column; in a nullable one it is a null already in the reader. */
    static final long ZERO = Long.MIN_VALUE;

    /** A value of a Java class that is not known here; must never be written. */
    static final long UNREADABLE = Long.MIN_VALUE + 1;

    /** Read by the clock of a JVM whose zone leaves out hours; must never be written. */
    static final long DISTORTED = Long.MIN_VALUE + 2;

    private static final long MICROS = 1_000_000L;

    @Override
    public void configure(Properties properties) {
        // There is nothing to set.
    }

    @Override
    public void converterFor(
            RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        switch (column.typeName().toUpperCase(Locale.ROOT)) {
            case "DATE", "DATETIME", "TIMESTAMP" -> {
                boolean nullable = column.isOptional();
                boolean zoned = column.typeName().equalsIgnoreCase("TIMESTAMP");
                registration.register(
                        SchemaBuilder.int64().optional(),
                        value ->
                                value == null
                                        ? (nullable ? null : (Object) ZERO)
                                        : value instanceof Timestamp timestamp
                                                ? ofSnapshot(timestamp, zoned)
                                                : of(value));
            }
            default -> {
                // Debezium's own form is exact.
            }
        }
    }

    /**
     * Converts what the connector's snapshot has. The connector's snapshot has it from Connector/J:
     * an instant, or a wall clock time in the zone of this JVM.
     */
    private static long ofSnapshot(Timestamp timestamp, boolean zoned) {
        if (zoned) {
            return micros(timestamp.toInstant());
        }
        if (!ZoneId.systemDefault().getRules().isFixedOffset()) {
            return DISTORTED;
        }
        return micros(timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC));
    }

    private static @Nullable Object of(Object value) {
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalDateTime dateTime) {
            return micros(dateTime.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof ZonedDateTime dateTime) {
            return timestamp(dateTime.toInstant());
        }
        if (value instanceof OffsetDateTime dateTime) {
            return timestamp(dateTime.toInstant());
        }
        return UNREADABLE;
    }

    /** Tells a zero TIMESTAMP, which has the second 0; the first one that is none has 1. */
    private static long timestamp(Instant instant) {
        return instant.getEpochSecond() == 0 ? ZERO : micros(instant);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.get(ChronoField.MICRO_OF_SECOND);
    }
}
