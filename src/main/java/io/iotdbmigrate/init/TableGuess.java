package io.iotdbmigrate.init;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table probably means as time series. */
public sealed interface TableGuess {

    /** Returns the name as MySQL spells it. */
    String table();

    /** No mapping can be proposed. */
    record None(String table, String reason) implements TableGuess {}

    /**
     * A mapping to look at.
     *
     * @param isPattern whether {@code table} is a pattern that stands for several
     * @param timeFields one or two columns
     * @param units of a time in numbers, one for each column; else empty
     * @param deviceField the one column that names the device, null if it is none or several
     * @param deviceColumns the columns that name the device
     * @param deviceTemplate path of its devices
     * @param remarks one line each about the mapping as a whole
     */
    record Mapping(
            String table,
            boolean isPattern,
            List<String> timeFields,
            List<TimestampUnit> units,
            @Nullable String deviceField,
            List<String> deviceColumns,
            String deviceTemplate,
            List<Measurement> measurements,
            List<String> remarks)
            implements TableGuess {

        public Mapping {
            timeFields = List.copyOf(timeFields);
            units = List.copyOf(units);
            deviceColumns = List.copyOf(deviceColumns);
            measurements = List.copyOf(measurements);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * One column that is neither device nor time.
     *
     * @param name in IoTDB; the column's own unless IoTDB keeps that for itself
     * @param type in IoTDB; null if the column cannot be copied
     * @param kept false: written as a comment, for a person to decide
     * @param remark what to know about it, empty if nothing
     * @param skips whether values that it cannot hold are left out, not their rows
     */
    record Measurement(
            String column,
            String name,
            @Nullable String type,
            boolean kept,
            String remark,
            boolean skips) {

        /** Makes one that rejects rows with a value that it cannot hold. */
        Measurement(
                String column, String name, @Nullable String type, boolean kept, String remark) {
            this(column, name, type, kept, remark, false);
        }
    }
}
