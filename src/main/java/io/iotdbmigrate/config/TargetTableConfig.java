package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one mapping go in IoTDB's table model.
 *
 * @param name {@code target_table}, in lower case; null: the MySQL name in lower case
 * @param tags {@code tags}: the columns that name the device; null: those of the key that holds the
 *     time, without the time's
 */
public record TargetTableConfig(@Nullable String name, @Nullable List<String> tags)
        implements Serializable {
    public TargetTableConfig {
        tags = tags == null ? null : List.copyOf(tags);
    }
}
