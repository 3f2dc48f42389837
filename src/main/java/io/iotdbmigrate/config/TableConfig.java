package io.iotdbmigrate.config;

import java.io.Serializable;
import java.util.List;

/**
 * One entry of {@code mysql.tables}: what the user believes the table looks like; {@code check}
 * compares it.
 */
public record TableConfig(String name, List<ColumnConfig> columns) implements Serializable {

    /** A listed column; {@code type} as MySQL writes it, e.g. {@code DATETIME(3)}. */
    public record ColumnConfig(String name, String type, boolean primary, boolean autoIncrement)
            implements Serializable {}

    public TableConfig {
        columns = List.copyOf(columns);
    }
}
