package io.iotdbmigrate.init;

import io.iotdbmigrate.init.TableGuess.Mapping;
import io.iotdbmigrate.init.TableGuess.Measurement;
import io.iotdbmigrate.init.TableGuess.None;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A guess that proposes a mapping from a table's keys, types and names. Pure: the same for the same
 * schema.
 */
public final class MappingGuess {
    private static final int MILLIS_DIGITS = 3;

    private MappingGuess() {}

    /**
     * @param parent path of the devices' parent in IoTDB, of this table only
     */
    public static TableGuess of(TableSchema schema, String parent) {
        return of(schema, parent, Optional.empty());
    }

    /** Proposes one mapping for tables that are alike; each is a device if no column names one. */
    static TableGuess of(Shards shards, String parent) {
        return of(shards.tables().get(0), parent, Optional.of(shards));
    }

    private static TableGuess of(TableSchema schema, String parent, Optional<Shards> shards) {
        String table = shards.map(Shards::pattern).orElse(schema.id().table());
        Optional<TimeGuess.Guess> time = TimeGuess.of(schema);
        if (time.isEmpty()) {
            return new None(table, "no column can be the time of a row");
        }
        List<Column> naming = DeviceGuess.of(schema, time.get());
        List<Column> others =
                schema.columns().stream()
                        .filter(c -> !time.get().has(c.name()) && !naming.contains(c))
                        .toList();
        Optional<Column> tall = TallGuess.of(naming, others);
        List<Column> device = naming.stream().filter(c -> !tall.equals(Optional.of(c))).toList();
        List<Column> rest = others.stream().filter(c -> !tall.equals(Optional.of(c))).toList();
        List<Measurement> wide = measurements(schema, rest);
        List<Measurement> measurements =
                tall.map(name -> TallGuess.measurements(name, wide, rest)).orElse(wide);
        if (measurements.stream().noneMatch(Measurement::kept)) {
            return new None(table, "no column is left besides the device and the time");
        }
        String under = shards.isPresent() && device.isEmpty() ? parent + ".{table}" : parent;
        List<String> remarks = new ArrayList<>();
        shards.ifPresent(s -> remarks.add(s.remark()));
        tall.ifPresent(
                name ->
                        remarks.add(
                                name.name()
                                        + " names what a row has measured: each of its values"
                                        + " becomes a measurement"));
        remarks.addAll(remarks(schema, time.get(), device, tall, shards.isPresent()));
        return new Mapping(
                table,
                shards.isPresent(),
                time.get().columns().stream().map(Column::name).toList(),
                time.get().units(),
                device.size() == 1 ? device.get(0).name() : null,
                device.stream().map(Column::name).toList(),
                template(under, device),
                measurements,
                remarks);
    }

    private static String template(String parent, List<Column> device) {
        return parent + device.stream().map(c -> "." + node(c)).collect(Collectors.joining());
    }

    /**
     * Returns a node. A number gets a word in front, so that the node needs no quotes in queries.
     */
    private static String node(Column column) {
        String reference = "{" + column.name() + "}";
        if (!column.type().kind().isInteger()) {
            return reference;
        }
        List<String> words = NameWords.of(column.name()).words();
        String first = words.get(0).replaceAll("[^a-z]", "");
        return (first.isEmpty() || first.equals("id") ? "d" : first) + "_" + reference;
    }

    private static List<Measurement> measurements(TableSchema schema, List<Column> columns) {
        List<Measurement> all = new ArrayList<>();
        boolean others =
                columns.stream()
                        .anyMatch(c -> !isSurrogate(schema, c) && ColumnRemarks.isCopied(c));
        for (Column column : columns) {
            boolean surrogate = others && isSurrogate(schema, column);
            all.add(
                    new Measurement(
                            column.name(),
                            name(column.name()),
                            ColumnRemarks.type(column),
                            ColumnRemarks.isCopied(column) && !surrogate,
                            surrogate
                                    ? "numbers the rows of MySQL and measures nothing; remove the #"
                                            + " to keep it"
                                    : ColumnRemarks.of(column)));
        }
        return all;
    }

    private static boolean isSurrogate(TableSchema schema, Column column) {
        return column.type().kind().isInteger()
                && NameWords.of(column.name()).last().equals("id")
                && schema.primaryKey()
                        .filter(k -> k.columns().equals(List.of(column.name())))
                        .isPresent();
    }

    private static String name(String column) {
        return PathNode.problem(column).isPresent()
                ? column.replaceAll("[\\n\\t]", "_") + "_"
                : column;
    }

    private static List<String> remarks(
            TableSchema schema,
            TimeGuess.Guess time,
            List<Column> device,
            Optional<Column> tall,
            boolean many) {
        List<String> remarks = new ArrayList<>();
        for (Column column : time.columns()) {
            if (column.nullable()) {
                remarks.add(
                        column.name()
                                + " may be null; rows without a time are rejected and listed");
            }
            if (column.type().length() > MILLIS_DIGITS) {
                remarks.add(
                        column.name()
                                + " is "
                                + column.type()
                                + "; an IoTDB that counts in milliseconds cuts finer fractions"
                                + " off");
            }
        }
        if (time.units().size() == 1) {
            remarks.add(
                    "the unit of " + time.first().name() + " is a guess from its name and type");
        }
        if (device.isEmpty() && !many) {
            remarks.add(
                    "no column looks like the name of a device: the table becomes a single one");
        }
        for (Column column : device) {
            if (column.nullable()) {
                remarks.add(column.name() + " may be null; rows without a device are rejected");
            }
            if (column.collation() != null && column.collation().endsWith("_ci")) {
                remarks.add(
                        column.name()
                                + " is compared without case in MySQL and with case in IoTDB: a and"
                                + " A would be two devices");
            }
        }
        List<Column> identity = new ArrayList<>(device);
        tall.ifPresent(identity::add);
        if (!isUnique(schema, time, identity)) {
            remarks.add(
                    "no unique key keeps two rows from having one device"
                            + (tall.isPresent() ? ", name" : "")
                            + " and time; of such rows IoTDB holds one (on_duplicate)");
        }
        return remarks;
    }

    private static boolean isUnique(TableSchema schema, TimeGuess.Guess time, List<Column> device) {
        List<String> identity = new ArrayList<>();
        time.columns().forEach(c -> identity.add(lower(c.name())));
        device.forEach(c -> identity.add(lower(c.name())));
        return schema.keys().stream()
                .filter(TableKey::rowsAreUnique)
                .anyMatch(k -> k.columns().stream().allMatch(c -> identity.contains(lower(c))));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
