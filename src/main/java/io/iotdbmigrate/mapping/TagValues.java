package io.iotdbmigrate.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One device of the table model. Its text is its table and the values of its TAGs in order, as SQL
 * writes them: {@code reading('hall 7', null)}. No two devices have one text.
 *
 * @param values null where a TAG is null
 */
public record TagValues(String table, List<@Nullable String> values) {
    public TagValues {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Returns the device without its last value, which of a pivoted table names a column. */
    public TagValues withoutLast() {
        return new TagValues(table, values.subList(0, values.size() - 1));
    }

    /**
     * Returns what devices have in common whose texts differ in their last value only.
     *
     * @param device a device's text; another text comes back as it is
     */
    public static String textWithoutLast(String device) {
        if (!device.endsWith(")")) {
            return device;
        }
        TagValues parsed = parse(device);
        return parsed.values().isEmpty() ? device : parsed.withoutLast().text();
    }

    /** Returns the same with one more value. */
    public TagValues with(String last) {
        List<@Nullable String> more = new ArrayList<>(values);
        more.add(last);
        return new TagValues(table, more);
    }

    /** Returns the same values of another table. */
    public TagValues of(String other) {
        return new TagValues(other, values);
    }

    /** Returns the device's text. */
    public String text() {
        return table
                + values.stream()
                        .map(TagValues::literal)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns the value of the last TAG, of which there is one at least. */
    public @Nullable String last() {
        return values.get(values.size() - 1);
    }

    /** Returns the same with another value of the last TAG. */
    public TagValues withLast(@Nullable String value) {
        List<@Nullable String> others = new ArrayList<>(values);
        others.set(others.size() - 1, value);
        return new TagValues(table, others);
    }

    /** Returns a value as SQL has it. */
    public static String literal(@Nullable String value) {
        return value == null ? "null" : "'" + value.replace("'", "''") + "'";
    }

    /**
     * Reads a device's text.
     *
     * @throws IllegalArgumentException if {@link #text} did not write it
     */
    public static TagValues parse(String text) {
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            throw new IllegalArgumentException("no device of the table model: " + text);
        }
        List<@Nullable String> values = new ArrayList<>();
        int at = open + 1;
        while (at < text.length() - 1) {
            if (text.charAt(at) == '\'') {
                StringBuilder value = new StringBuilder();
                at++;
                while (text.charAt(at) != '\'' || text.startsWith("''", at)) {
                    at += text.charAt(at) == '\'' ? 1 : 0;
                    value.append(text.charAt(at));
                    at++;
                }
                values.add(value.toString());
                at++;
            } else {
                values.add(null);
                at += "null".length();
            }
            at += text.startsWith(", ", at) ? 2 : 0;
        }
        return new TagValues(text.substring(0, open), values);
    }
}
