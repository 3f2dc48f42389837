package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Devices of the table model: a table, and in order what its TAGs are. Each value may be null, and
 * null, an empty text and the word null are three devices.
 *
 * @param table in lower case
 * @param pivot whether the last of the TAGs is none in IoTDB: it names the column of the row's
 *     value
 */
public record TagNaming(String table, List<Tag> tags, boolean pivot) implements DeviceNaming {
    /**
     * The last TAG where {@code on_update} is {@code version}: null for first values, k for the
     * k-th correction.
     */
    public static final Tag VERSION = new Tag("_version", null, null, null);

    /** The TAG that is none in IoTDB. */
    static final String NAME = "_name";

    private static final String TIME = "time";

    /** Makes one of TAGs only. */
    public TagNaming(String table, List<Tag> tags) {
        this(table, tags, false);
    }

    /**
     * One TAG.
     *
     * @param name in lower case, as IoTDB has it
     * @param column of MySQL; null if all rows of the table have the same text
     * @param lookup what stands for the column's value; null: the value itself
     * @param text that all rows have; null if a column has it, and of {@link #VERSION}
     */
    public record Tag(
            String name, @Nullable String column, @Nullable Lookup lookup, @Nullable String text)
            implements Serializable {

        /** Tells whether it is the value of a column, as it is. */
        boolean isValueOf(String other) {
            return lookup == null && isOf(other);
        }

        private boolean isOf(String other) {
            return column != null && column.equalsIgnoreCase(other);
        }
    }

    public TagNaming {
        tags = List.copyOf(tags);
    }

    @Override
    public List<String> columns() {
        return tags.stream().map(Tag::column).filter(Objects::nonNull).distinct().toList();
    }

    /** Returns the names of the TAGs that IoTDB has, in order. */
    public List<String> names() {
        return tags.stream().limit(tags.size() - (pivot ? 1 : 0)).map(Tag::name).toList();
    }

    /** Returns the column of MySQL that names columns of IoTDB; null if none does. */
    public @Nullable String pivotColumn() {
        return pivot ? tags.get(tags.size() - 1).column() : null;
    }

    /** Returns the name that a column has in IoTDB. */
    public static String column(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns names that no FIELD can have. */
    public List<String> taken() {
        List<String> taken = new ArrayList<>(names());
        taken.add(TIME);
        return taken;
    }

    /** Returns why no column can have the name that a device's text ends with; empty if one can. */
    Optional<String> problem(TagValues device) {
        if (!pivot) {
            return Optional.empty();
        }
        String name = device.last();
        if (name == null || name.isEmpty()) {
            return Optional.of(
                    "a column needs a name, this is " + (name == null ? "null" : "empty"));
        }
        String column = column(name);
        return taken().contains(column)
                ? Optional.of(
                        "cannot name a column: IoTDB's table has another of the name " + column)
                : Optional.empty();
    }

    /**
     * Returns the device of a row.
     *
     * @param textOf the text of a column's value; null where it is null. Every look-up finds it.
     */
    public TagValues values(Function<String, @Nullable String> textOf) {
        List<@Nullable String> values = new ArrayList<>();
        for (Tag tag : tags) {
            String value = tag.column() == null ? tag.text() : textOf.apply(tag.column());
            values.add(
                    tag.lookup() == null || value == null
                            ? value
                            : tag.lookup().values().get(value));
        }
        return new TagValues(table, values);
    }

    @Override
    public String pattern() {
        return table + names().stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /** Tells whether the last TAG is {@link #VERSION}. */
    public boolean hasVersions() {
        return !tags.isEmpty() && tags.get(tags.size() - 1).equals(VERSION);
    }

    @Override
    public String correction(String device, int number) {
        return TagValues.parse(device).withLast(String.valueOf(number)).text();
    }

    @Override
    public boolean overlaps(DeviceNaming other) {
        return other instanceof TagNaming naming && table.equals(naming.table);
    }

    @Override
    public boolean hasInNodeOfItsOwn(String column) {
        return index(column) >= 0;
    }

    @Override
    public Optional<String> value(String device, String column) {
        List<@Nullable String> values = TagValues.parse(device).values();
        int index = index(column);
        return index >= 0 && index < values.size()
                ? Optional.ofNullable(values.get(index))
                : Optional.empty();
    }

    private int index(String column) {
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).isValueOf(column)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public List<Lookup> lookups(String column) {
        return tags.stream()
                .filter(tag -> tag.isOf(column))
                .map(Tag::lookup)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    @Override
    public List<String> toldByLookups() {
        return columns().stream()
                .filter(column -> !lookups(column).isEmpty() && index(column) < 0)
                .toList();
    }

    @Override
    public TagNaming replacingLookups(UnaryOperator<Lookup> others) {
        return new TagNaming(
                table,
                tags.stream()
                        .map(
                                tag ->
                                        tag.lookup() == null
                                                ? tag
                                                : new Tag(
                                                        tag.name(),
                                                        tag.column(),
                                                        others.apply(tag.lookup()),
                                                        tag.text()))
                        .toList(),
                pivot);
    }
}
