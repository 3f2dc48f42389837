package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.Optional;

/**
 * The names that one measurement can have on a device: one name, or in a tall table a row's own
 * name with text around it.
 *
 * @param before text in front of the row's name; the whole name if all rows have the same
 * @param behind text after the row's name
 */
public record NamePattern(boolean fixed, String before, String behind)
        implements Serializable, Comparable<NamePattern> {
    /** Stands in a measurement's name for what a row of a tall table is named by. */
    public static final String ROW = "{}";

    /** Reads the name of a measurement of a mapping, without backticks. */
    public static NamePattern of(String name) {
        int row = name.indexOf(ROW);
        return row < 0
                ? new NamePattern(true, name, "")
                : new NamePattern(
                        false, name.substring(0, row), name.substring(row + ROW.length()));
    }

    /** Returns the measurement of a row. */
    public String name(String ofRow) {
        return fixed ? before : before + ofRow + behind;
    }

    /** Returns what a row has to be named for a measurement to be its own; empty if none can. */
    public Optional<String> rowOf(String measurement) {
        boolean fits =
                !fixed
                        && measurement.length() > length()
                        && measurement.startsWith(before)
                        && measurement.endsWith(behind);
        return fits
                ? Optional.of(
                        measurement.substring(
                                before.length(), measurement.length() - behind.length()))
                : Optional.empty();
    }

    /** Tells whether a measurement can be of this pattern. */
    public boolean matches(String measurement) {
        return fixed ? measurement.equals(before) : rowOf(measurement).isPresent();
    }

    private int length() {
        return before.length() + behind.length();
    }

    /** Compares so that the pattern comes first that says more of a name. */
    @Override
    public int compareTo(NamePattern other) {
        if (fixed != other.fixed) {
            return fixed ? -1 : 1;
        }
        int byLength = Integer.compare(other.length(), length());
        return byLength != 0 ? byLength : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name(ROW);
    }
}
