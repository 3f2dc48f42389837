package io.iotdbmigrate.config;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that hold the time of a row, and how they are read.
 *
 * @param fields one column, or two: seconds and their fraction, or a DATE and a TIME
 * @param units of columns of numbers, one for each; empty where none is given
 * @param format of a column of text, see {@link TimePattern}; null for all others
 */
public record TimeConfig(List<String> fields, List<TimestampUnit> units, @Nullable String format)
        implements Serializable {
    public TimeConfig {
        fields = List.copyOf(fields);
        units = List.copyOf(units);
    }

    /** Makes the time of one column. */
    public static TimeConfig of(String field, @Nullable TimestampUnit unit) {
        return new TimeConfig(List.of(field), unit == null ? List.of() : List.of(unit), null);
    }

    /** Tells whether a column is one of them; MySQL compares names of columns without case. */
    public boolean has(String column) {
        return fields.stream().anyMatch(column::equalsIgnoreCase);
    }
}
