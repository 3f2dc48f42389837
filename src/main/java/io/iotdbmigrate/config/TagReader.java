package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code tags} and {@code attributes} of one mapping. */
final class TagReader {
    private static final Pattern GROUP = Pattern.compile("[0-9]{1,3}");

    private final YamlMap mapping;

    TagReader(YamlMap mapping) {
        this.mapping = mapping;
    }

    /** Reads what names the device. */
    List<TagConfig> tags() {
        return read("tags", "a list of columns, such as [site, device]", "TAG");
    }

    /** Reads what a device has of its last row. */
    List<TagConfig> attributes() {
        return read("attributes", "a list of columns, such as [model]", "ATTRIBUTE");
    }

    private List<TagConfig> read(String key, String expected, String kind) {
        List<TagConfig> tags = new ArrayList<>();
        for (YamlValue item : mapping.list(key, expected)) {
            TagConfig tag = tag(item, kind);
            if (tag == null) {
                continue;
            }
            if (tags.stream().anyMatch(other -> other.field().equalsIgnoreCase(tag.field()))) {
                item.refuse("is listed twice; keep one of the two");
                continue;
            }
            if (tag.isOfTable() && key.equals("attributes")) {
                item.problem(
                        "has "
                                + tag.field()
                                + ", which is the same for all rows of a table; put it into tags");
                continue;
            }
            checkOfTable(item, tag);
            tags.stream()
                    .filter(other -> other.tag().equals(tag.tag()))
                    .findFirst()
                    .ifPresent(
                            other ->
                                    item.problem(
                                            tag.field()
                                                    + " and "
                                                    + other.field()
                                                    + " are both the "
                                                    + kind
                                                    + " "
                                                    + tag.tag()
                                                    + "; write {name: ..., field: "
                                                    + tag.field()
                                                    + "} for one of them"));
            tags.add(tag);
        }
        return tags;
    }

    private static @Nullable TagConfig tag(YamlValue item, String kind) {
        if (!item.isMap()) {
            String column = item.text("the name of a column");
            return column == null ? null : TagConfig.of(column);
        }
        YamlMap keys = item.map("name", "field");
        return keys == null
                ? null
                : new TagConfig(
                        keys.required("name", "the name of the " + kind + " in IoTDB"),
                        keys.required("field", "the column, or what stands for the table"),
                        null);
    }

    private void checkOfTable(YamlValue item, TagConfig tag) {
        if (!tag.isOfTable()) {
            return;
        }
        String word = tag.field().substring(1, tag.field().length() - 1);
        boolean isGroup = GROUP.matcher(word).matches();
        if (!isGroup && !TablesReader.WORDS.contains(word)) {
            item.problem(
                    "has "
                            + tag.field()
                            + ", and braces stand for the table there: {table}, {database}, or the"
                            + " number of a group of tables; write a column without braces");
        } else if (!mapping.has("tables")) {
            item.problem(
                    "has "
                            + tag.field()
                            + ", which stands for one of several tables; write tables: in place of"
                            + " table:");
        } else if (isGroup && tag.name() == null) {
            item.problem(
                    "has "
                            + tag.field()
                            + ", which is no name of a TAG; write {name: ..., field: '"
                            + tag.field()
                            + "'}");
        }
    }
}
