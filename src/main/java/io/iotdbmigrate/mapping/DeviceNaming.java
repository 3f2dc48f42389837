package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a row names its device: by a path in IoTDB's tree model, by the values of TAGs in its table
 * model. Either way a device has one text, by which all of this program compares.
 */
public sealed interface DeviceNaming extends Serializable permits DeviceTemplate, TagNaming {
    /** Returns the columns that name the device, each once. */
    List<String> columns();

    /** Spells it for people: which devices there may be. */
    String pattern();

    /**
     * Tells whether some device could come from this and from another one. A column is taken to be
     * any text, so the answer may be yes where the data never meet.
     */
    boolean overlaps(DeviceNaming other);

    /**
     * Tells whether a column's value can be read back from a device's text.
     *
     * @param column in any case
     */
    boolean hasInNodeOfItsOwn(String column);

    /**
     * Reads a column's value back from a device's text.
     *
     * @param device its text
     * @return as text; empty if the device has none, or is not one of these
     */
    Optional<String> value(String device, String column);

    /**
     * Returns the device that has the k-th corrections of another one, see {@code on_update:
     * version}.
     *
     * @param device its text
     * @param number k, from 1 on
     */
    String correction(String device, int number);

    /** Returns all look-ups of a column's value, in order of appearance. */
    List<Lookup> lookups(String column);

    /** Returns the columns that look-ups alone tell apart. */
    List<String> toldByLookups();

    /** Tells whether anything is looked up. */
    default boolean hasLookups() {
        return columns().stream().anyMatch(column -> !lookups(column).isEmpty());
    }

    /** Returns the same with other look-ups in place of those that it has. */
    DeviceNaming replacingLookups(UnaryOperator<Lookup> others);
}
