package io.iotdbmigrate.mapping;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Devices of the table model: a table, and in order the columns whose values are its TAGs. Each
 * value may be null, and null, an empty text and the word null are three devices.
 *
 * @param table in lower case
 */
public record TagNaming(String table, List<Tag> tags) implements DeviceNaming {

    /**
     * One TAG.
     *
     * @param name in lower case, as IoTDB has it
     * @param column of MySQL
     */
    public record Tag(String name, String column) implements java.io.Serializable {}

    public TagNaming {
        tags = List.copyOf(tags);
    }

    @Override
    public List<String> columns() {
        return tags.stream().map(Tag::column).toList();
    }

    /** Returns the TAGs' names, in order. */
    public List<String> names() {
        return tags.stream().map(Tag::name).toList();
    }

    @Override
    public String pattern() {
        return table + names().stream().collect(Collectors.joining(", ", "(", ")"));
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
    public boolean hasValue(String device, String column, String text) {
        List<@Nullable String> values = TagValues.parse(device).values();
        int index = index(column);
        return index >= 0 && index < values.size() && text.equals(values.get(index));
    }

    private int index(String column) {
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).column().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }
}
