package io.iotdbmigrate.config;

import io.iotdbmigrate.config.where.WhereConfig;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code iotdb.mappings}: how rows become points.
 *
 * @param table its name, {@code database.table} if it is in another database than the config's;
 *     empty while {@code tables} stands for tables that the server has not been asked for
 * @param tables the list or pattern that the table comes from; null for {@code table}
 * @param deviceField null when {@code deviceTemplate} names the columns
 * @param deviceTemplate path with columns in braces, e.g. {@code root.kanban.device_{deviceId}}
 * @param time which columns hold the time of a row
 * @param where which rows are copied; null: all
 * @param allMeasurements {@code measurements: all}; then {@code measurements} is empty
 * @param target where rows go in the table model, whose mappings have no template; null in the tree
 */
public record MappingConfig(
        String table,
        @Nullable TablesConfig tables,
        @Nullable String deviceField,
        TimeConfig time,
        @Nullable WhereConfig where,
        String deviceTemplate,
        boolean aligned,
        RowPolicies policies,
        boolean allMeasurements,
        List<MeasurementConfig> measurements,
        @Nullable TargetTableConfig target)
        implements RowPolicies.Holder, Serializable {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    /** The boolean measurement that {@code on_delete: mark} sets. */
    public static final String DELETED = "_deleted";

    /**
     * Returns the name of that measurement as a path node.
     *
     * @param tall whether the rows of a table name their measurements
     */
    public static String mark(boolean tall) {
        return tall ? "`{}" + DELETED + "`" : DELETED;
    }

    /** Returns what reports call the entry: its table, or the pattern or list. */
    public String entry() {
        return tables == null ? table : String.join(", ", tables.names());
    }

    /** Tells whether its table is one of a pattern. */
    public boolean isOfPattern() {
        return tables != null && tables.isPattern();
    }

    /** Tells whether the measurements have names of their own in each row. */
    public boolean isTall() {
        return measurements.stream().anyMatch(m -> m.name().indexOf('{') >= 0);
    }

    /**
     * Returns what the rows of a tall table are named by: columns in braces and text between them,
     * the same for all measurements; empty if it is not tall.
     */
    public Optional<String> rowName() {
        return measurements.stream()
                .map(MeasurementConfig::rowName)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Returns what stands in braces in the template and in the names of measurements, or is a TAG
     * or an attribute of a row.
     */
    public Set<String> references() {
        Set<String> found = new LinkedHashSet<>();
        Matcher inTemplate = BRACES.matcher(deviceTemplate);
        while (inTemplate.find()) {
            found.add(withoutSeparator(inTemplate.group(1)));
        }
        for (MeasurementConfig measurement : measurements) {
            Matcher inName = BRACES.matcher(measurement.name());
            while (inName.find()) {
                found.add(withoutSeparator(inName.group(1)));
            }
        }
        if (target != null) {
            target.attributes().forEach(attribute -> found.add(attribute.field()));
        }
        if (target != null && target.tags() != null) {
            target.tags().stream()
                    .filter(tag -> !tag.isOfTable())
                    .forEach(tag -> found.add(tag.field()));
        }
        return found;
    }

    private static String withoutSeparator(String reference) {
        return reference.endsWith("/") || reference.endsWith(".")
                ? reference.substring(0, reference.length() - 1)
                : reference;
    }

    /** Returns the name of a measurement with <code>{}</code> for the name of a tall row. */
    public String nameInRow(MeasurementConfig measurement) {
        return measurement
                .rowName()
                .map(row -> measurement.name().replace(row, "{}"))
                .orElse(measurement.name());
    }

    /** Spells the table otherwise. */
    MappingConfig spelling(UnaryOperator<String> names) {
        return with(
                names.apply(table),
                tables == null ? null : tables.spelling(names),
                deviceTemplate,
                target);
    }

    /**
     * Returns the mapping of one of its tables.
     *
     * @param template with what stands for the table filled in
     * @param ofTable its target, with that filled in
     */
    public MappingConfig of(String oneTable, String template, @Nullable TargetTableConfig ofTable) {
        return with(oneTable, tables, template, ofTable);
    }

    private MappingConfig with(
            String otherTable,
            @Nullable TablesConfig otherTables,
            String template,
            @Nullable TargetTableConfig ofTable) {
        return new MappingConfig(
                otherTable,
                otherTables,
                deviceField,
                time,
                where,
                template,
                aligned,
                policies,
                allMeasurements,
                measurements,
                ofTable);
    }

    /** Unit of a column of numbers that holds a time. */
    public enum TimestampUnit {
        S(0),
        MS(3),
        US(6),
        NS(9);

        private final int fractionDigits;

        TimestampUnit(int fractionDigits) {
            this.fractionDigits = fractionDigits;
        }

        /** Returns how many digits of a second's fraction it has. */
        public int fractionDigits() {
            return fractionDigits;
        }

        /** Returns how many of it are a second. */
        public long perSecond() {
            return switch (this) {
                case S -> 1L;
                case MS -> 1_000L;
                case US -> 1_000_000L;
                case NS -> 1_000_000_000L;
            };
        }
    }

    /** What becomes of a row with a value that its measurement cannot hold. */
    public enum OnInvalid {
        /** The row is rejected. */
        REJECT,
        /** The row is kept without that value. */
        SKIP
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
            @Nullable String compression,
            OnInvalid onInvalid)
            implements Serializable {
        /** Returns its name from the first brace to the last; empty if it has none. */
        Optional<String> rowName() {
            int from = name.indexOf('{');
            int to = name.lastIndexOf('}');
            return from >= 0 && to > from
                    ? Optional.of(name.substring(from, to + 1))
                    : Optional.empty();
        }

        /** Makes one that rejects rows whose value it cannot hold. */
        public MeasurementConfig(
                String name,
                String field,
                @Nullable String type,
                @Nullable String encoding,
                @Nullable String compression) {
            this(name, field, type, encoding, compression, OnInvalid.REJECT);
        }
    }

    public MappingConfig {
        measurements = List.copyOf(measurements);
    }
}
