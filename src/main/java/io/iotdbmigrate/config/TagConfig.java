package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code tags}: what names the devices of the table model.
 *
 * @param name of the TAG in IoTDB as the file has it; null: the last part of {@code field}
 * @param field a column, a column of a look-up such as {@code itemid.key_}, or a word in braces
 *     that stands for the table, such as <code>{table}</code>
 * @param text what those braces stand for; null where a row has it
 */
public record TagConfig(@Nullable String name, String field, @Nullable String text)
        implements Serializable {
    /** Makes one of a column or of what stands for the table, under its own name. */
    public static TagConfig of(String field) {
        return new TagConfig(null, field, null);
    }

    /** Tells whether it stands for something of the table's name, the same for all its rows. */
    public boolean isOfTable() {
        return field.startsWith("{") && field.endsWith("}");
    }

    /** Returns the TAG's name in IoTDB, in lower case. */
    public String tag() {
        String own =
                isOfTable()
                        ? field.substring(1, field.length() - 1)
                        : field.substring(field.lastIndexOf('.') + 1);
        return (name == null ? own : name).toLowerCase(Locale.ROOT);
    }

    /** Returns the same where braces stand for a text. */
    public TagConfig with(String value) {
        return new TagConfig(name, field, value);
    }
}
