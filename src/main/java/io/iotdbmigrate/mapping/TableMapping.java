package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.config.RowPolicies;
import io.iotdbmigrate.config.TablesConfig;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything decided about one entry of {@code iotdb.mappings}. The backfill and the binlog use the
 * same plan.
 *
 * @param index position of the entry in the config
 * @param name of the table as the config has it and reports call it: with its database only if it
 *     is in another one
 * @param tables that the table is one of; null if the config names it alone
 * @param columns the columns to read, in reading order: those of the device, the time, the
 *     measurements, the primary key and the filter, each once
 * @param device one node longer than IoTDB's devices in a tall table, see {@link TallNames}
 * @param tall null if the measurements of all rows have the same names
 * @param time which of the columns hold the time
 * @param filter which rows of the table are mapped
 * @param attributes what a device of the table model has of its last row, as texts
 * @param keyColumns indexes into {@code columns} of the primary key, for naming a row; empty if
 *     there is none
 * @param everyColumn whether each column is to be mapped, see {@code measurements: all}
 * @param longestRow bytes of the values of the longest row that IoTDB takes
 */
public record TableMapping(
        int index,
        String name,
        TableId table,
        @Nullable TablesConfig tables,
        List<Column> columns,
        DeviceNaming device,
        @Nullable TallNames tall,
        RowTime time,
        RowFilter filter,
        List<Measurement> measurements,
        List<Measurement> attributes,
        List<Integer> keyColumns,
        boolean aligned,
        RowPolicies policies,
        ZoneId zone,
        TimePrecision precision,
        boolean everyColumn,
        long longestRow)
        implements FollowedTable, RowPolicies.Holder {
    /**
     * One measurement.
     *
     * @param name as the path node, ready quoted
     * @param column index into the columns that are read
     * @param encoding null: the server's default
     * @param compression null: the server's default
     * @param onInvalid what becomes of a row with a value that it cannot hold
     * @param lookup what stands for the column's value in an attribute; null: the value itself
     */
    public record Measurement(
            String name,
            int column,
            TargetType type,
            @Nullable String encoding,
            @Nullable String compression,
            OnInvalid onInvalid,
            @Nullable Lookup lookup)
            implements Serializable {
        /** Makes one of a column's own value. */
        public Measurement(
                String name,
                int column,
                TargetType type,
                @Nullable String encoding,
                @Nullable String compression,
                OnInvalid onInvalid) {
            this(name, column, type, encoding, compression, onInvalid, null);
        }

        Measurement replacingLookup(UnaryOperator<Lookup> others) {
            return lookup == null
                    ? this
                    : new Measurement(
                            name,
                            column,
                            type,
                            encoding,
                            compression,
                            onInvalid,
                            others.apply(lookup));
        }
    }

    public TableMapping {
        columns = List.copyOf(columns);
        measurements = List.copyOf(measurements);
        attributes = List.copyOf(attributes);
        keyColumns = List.copyOf(keyColumns);
    }

    /** Tells whether rows name their measurements. */
    public boolean isTall() {
        return tall != null;
    }

    /** Spells for people which devices IoTDB has. */
    public String pattern() {
        return isTall() ? holder().pattern() : device.pattern();
    }

    @Override
    public RowPolicies.OnPartitionDrop onPartitionDrop() {
        return policies.onPartitionDrop();
    }

    @Override
    public boolean followsEmptied() {
        return tables != null
                && onPartitionDrop() == RowPolicies.OnPartitionDrop.DELETE
                && onDelete() != RowPolicies.OnDelete.MARK
                && onDelete() != RowPolicies.OnDelete.IGNORE;
    }

    /** Returns the template of the devices that IoTDB has. */
    public DeviceTemplate holder() {
        return tall == null ? template() : template().withoutLast();
    }

    /** Returns why IoTDB cannot have a device with these nodes; empty if it can. */
    public Optional<String> problem(List<String> nodes) {
        for (int i = 1; i < nodes.size(); i++) {
            Optional<String> problem = problem(nodes, i);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Returns why a device cannot have its node of this index; empty if it can. */
    Optional<String> problem(List<String> nodes, int index) {
        return tall != null && index == nodes.size() - 1
                ? tall.problem(nodes.get(index))
                : PathNode.problem(nodes.get(index));
    }

    /** Returns the measurement that marks deleted rows, as a path node. */
    public String mark() {
        return MappingConfig.mark(tall != null);
    }

    /** Returns a measurement's name as the config has it. */
    public String shown(Measurement measurement) {
        return tall == null
                ? measurement.name()
                : NamePattern.of(TreePath.split(measurement.name()).get(0))
                        .name(template().last().spelled());
    }

    /**
     * Returns the template of its devices' paths.
     *
     * @throws IllegalStateException in the table model, where devices have none
     */
    public DeviceTemplate template() {
        if (device instanceof DeviceTemplate template) {
            return template;
        }
        throw new IllegalStateException(name + " is of the table model");
    }

    /**
     * Returns the TAGs of its devices.
     *
     * @throws IllegalStateException in the tree model, where devices have none
     */
    public TagNaming tags() {
        if (device instanceof TagNaming tags) {
            return tags;
        }
        throw new IllegalStateException(name + " is of the tree model");
    }

    /** Returns the name of the TAG that has the key of an attribute's look-up. */
    public String keyTag(Measurement attribute) {
        String column = columns.get(attribute.column()).name();
        return tags().tags().stream()
                .filter(tag -> tag.isValueOf(column))
                .map(TagNaming.Tag::name)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Tells whether IoTDB has rows rather than single points, as in its table model: a row of nulls
     * is there, and what becomes null is cleared by deleting the row and writing it anew.
     */
    public boolean keepsWholeRows() {
        return device instanceof TagNaming;
    }

    /** Tells whether a row of MySQL is one value of a row in IoTDB, in a column that it names. */
    public boolean isPivoted() {
        return device instanceof TagNaming naming && naming.pivot();
    }

    /** Tells whether a row of nulls is one in IoTDB, too. */
    public boolean keepsEmptyRows() {
        return keepsWholeRows() && !isPivoted();
    }

    /**
     * Tells whether IoTDB has the values of a row of MySQL side by side. Version 2.0.1-beta may
     * answer overwritten ones where only some of them are written again.
     */
    public boolean sharesTimes() {
        return keepsWholeRows() || (aligned && !isTall());
    }

    /** Tells whether IoTDB keeps something of a row. */
    public boolean keeps(TargetRow row) {
        return keepsEmptyRows() || !row.isEmpty();
    }

    /** Returns the columns of the device, then those of the time, as indexes. */
    public List<Integer> pointColumns() {
        List<Integer> found = new ArrayList<>();
        device.columns().forEach(c -> found.add(columnIndex(c)));
        found.addAll(time.columns());
        return found;
    }

    @Override
    public Optional<String> patternOf(TableId other) {
        return tables != null && tables.matches(table.database(), other.database(), other.table())
                ? Optional.of(tables.names().get(0))
                : Optional.empty();
    }

    TableMapping withNames(@Nullable TallNames names) {
        return with(device, names, measurements, attributes);
    }

    /**
     * Returns the same whose rows have, behind the values of their measurements, those of the
     * attributes: they become the device's if no row of it is later.
     */
    public TableMapping withAttributesInRows() {
        if (attributes.isEmpty()) {
            return this;
        }
        List<Measurement> all = new ArrayList<>(measurements);
        all.addAll(attributes);
        return with(device, tall, all, attributes);
    }

    /** Returns how many values are in a row of IoTDB: those of attributes may come behind them. */
    int valuesInRow() {
        Set<String> names = attributes.stream().map(Measurement::name).collect(Collectors.toSet());
        return (int) measurements.stream().filter(m -> !names.contains(m.name())).count();
    }

    /** Returns the same with other look-ups in place of those that it has. */
    public TableMapping withLookups(UnaryOperator<Lookup> others) {
        boolean has =
                device.hasLookups()
                        || measurements.stream().anyMatch(m -> m.lookup() != null)
                        || attributes.stream().anyMatch(a -> a.lookup() != null);
        return has
                ? with(
                        device.replacingLookups(others),
                        tall,
                        measurements.stream().map(m -> m.replacingLookup(others)).toList(),
                        attributes.stream().map(a -> a.replacingLookup(others)).toList())
                : this;
    }

    /** Returns the same with other policies. */
    public TableMapping withPolicies(RowPolicies others) {
        return with(device, tall, measurements, attributes, others);
    }

    private TableMapping with(
            DeviceNaming naming,
            @Nullable TallNames names,
            List<Measurement> values,
            List<Measurement> ofDevice) {
        return with(naming, names, values, ofDevice, policies);
    }

    private TableMapping with(
            DeviceNaming naming,
            @Nullable TallNames names,
            List<Measurement> values,
            List<Measurement> ofDevice,
            RowPolicies others) {
        return new TableMapping(
                index,
                name,
                table,
                tables,
                columns,
                naming,
                names,
                time,
                filter,
                values,
                ofDevice,
                keyColumns,
                aligned,
                others,
                zone,
                precision,
                everyColumn,
                longestRow);
    }

    /**
     * Returns what reports call the entry of the config that the table is of: its name, or the
     * pattern or list that it is one of.
     */
    public String entry() {
        return tables == null ? name : String.join(", ", tables.names());
    }

    /** Returns the columns of the time. */
    public List<Column> timeColumns() {
        return time.columns().stream().map(columns::get).toList();
    }

    /** Returns the index into {@code columns} of a column by name. */
    public int columnIndex(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + name + " among " + columns);
    }
}
