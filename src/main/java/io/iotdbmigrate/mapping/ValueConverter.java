package io.iotdbmigrate.mapping;

/**
 * A converter that turns a canonical MySQL value, never null, into the Java form of a target type.
 * For one thread.
 */
@FunctionalInterface
public interface ValueConverter {
    /**
     * @return null only for a zero date, which IoTDB does not have
     */
    @org.jspecify.annotations.Nullable
    Object convert(Object value) throws RejectedValueException;
}
