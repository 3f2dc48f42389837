package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one mapping go in IoTDB's table model.
 *
 * @param name {@code target_table}, in lower case; null: the MySQL name in lower case
 * @param tags {@code tags}: what names the device; null: the columns of the key that holds the
 *     time, without the time's
 * @param attributes {@code attributes}: what a device has of its last row
 * @param pivot whether the names in the rows of a tall table become columns
 */
public record TargetTableConfig(
        @Nullable String name,
        @Nullable List<TagConfig> tags,
        List<TagConfig> attributes,
        boolean pivot)
        implements Serializable {
    /** What IoTDB's grammar of paths takes for a name without quotes. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_\\u2E80-\\u9FFF][A-Za-z0-9_\\u2E80-\\u9FFF]*");

    public TargetTableConfig {
        tags = tags == null ? null : List.copyOf(tags);
        attributes = List.copyOf(attributes);
    }

    /** Makes one without attributes. */
    public TargetTableConfig(@Nullable String name, @Nullable List<TagConfig> tags) {
        this(name, tags, List.of());
    }

    /** Makes one whose columns have one name for all rows. */
    public TargetTableConfig(
            @Nullable String name, @Nullable List<TagConfig> tags, List<TagConfig> attributes) {
        this(name, tags, attributes, false);
    }

    /**
     * Tells whether tablets can name a table so. IoTDB reads the name in a tablet as a path: of any
     * other name it takes a part, and puts the rows into another table without an error (2.0.1).
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches()
                && !IotdbPath.RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
