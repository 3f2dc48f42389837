package io.iotdbmigrate.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A table as MySQL has it now.
 *
 * @param keys all indexes without prefix or expression parts, the primary key first
 * @param estimatedRows the optimizer's estimate, good for a progress bar and no more
 */
public record TableSchema(TableId id, List<Column> columns, List<TableKey> keys, long estimatedRows)
        implements Serializable {

    public TableSchema {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /** Returns the column of that name; MySQL column names are compared without case. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Returns the keys that let no two rows be alike. */
    public List<TableKey> uniqueKeys() {
        return keys.stream().filter(TableKey::rowsAreUnique).toList();
    }

    public Optional<TableKey> primaryKey() {
        return keys.stream().filter(TableKey::isPrimary).findFirst();
    }
}
