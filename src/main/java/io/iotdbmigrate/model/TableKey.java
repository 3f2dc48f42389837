package io.iotdbmigrate.model;

import java.io.Serializable;
import java.util.List;

/**
 * An index of a table, in index order. {@code rowsAreUnique} means: unique and no column of it
 * nullable.
 */
public record TableKey(String name, List<String> columns, boolean rowsAreUnique)
        implements Serializable {
    public static final String PRIMARY = "PRIMARY";

    public TableKey {
        columns = List.copyOf(columns);
    }

    public boolean isPrimary() {
        return name.equals(PRIMARY);
    }
}
