package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code iotdb.mappings}: how one table's rows become points.
 *
 * @param deviceField null when {@code deviceTemplate} names the columns
 * @param deviceTemplate path with columns in braces, e.g. {@code root.kanban.device_{deviceId}}
 * @param timestampUnit for integer time columns, else null
 * @param allMeasurements {@code measurements: all}; then {@code measurements} is empty
 */
public record MappingConfig(
        String table,
        @Nullable String deviceField,
        String timestampField,
        @Nullable TimestampUnit timestampUnit,
        String deviceTemplate,
        boolean aligned,
        OnUpdate onUpdate,
        OnDelete onDelete,
        OnPartitionDrop onPartitionDrop,
        OnDuplicate onDuplicate,
        boolean allMeasurements,
        List<MeasurementConfig> measurements)
        implements Serializable {
    /** The boolean measurement that {@code on_delete: mark} sets. */
    public static final String DELETED = "_deleted";

    /** Spells the table otherwise. */
    MappingConfig spelling(UnaryOperator<String> names) {
        return new MappingConfig(
                names.apply(table),
                deviceField,
                timestampField,
                timestampUnit,
                deviceTemplate,
                aligned,
                onUpdate,
                onDelete,
                onPartitionDrop,
                onDuplicate,
                allMeasurements,
                measurements);
    }

    /** Unit of an integer time column. */
    public enum TimestampUnit {
        S,
        MS,
        US,
        NS
    }

    public enum OnUpdate {
        OVERWRITE,
        VERSION,
        IGNORE,
        FAIL
    }

    public enum OnDelete {
        DELETE,
        MARK,
        IGNORE,
        FAIL
    }

    /** What becomes of the rows of a partition that MySQL drops or truncates. */
    public enum OnPartitionDrop {
        FAIL,
        DELETE,
        IGNORE
    }

    /** Which of several rows with one (device, time) stands, by primary key order. */
    public enum OnDuplicate {
        LAST,
        FIRST,
        FAIL
    }

    /**
     * One measurement; {@code type}, {@code encoding} and {@code compression} are IoTDB's names in
     * upper case, null for the default.
     */
    public record MeasurementConfig(
            String name,
            String field,
            @Nullable String type,
            @Nullable String encoding,
            @Nullable String compression)
            implements Serializable {}

    public MappingConfig {
        measurements = List.copyOf(measurements);
    }
}
