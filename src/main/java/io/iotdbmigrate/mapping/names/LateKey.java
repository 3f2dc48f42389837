package io.iotdbmigrate.mapping.names;

import io.iotdbmigrate.mapping.TableMapping;

/**
 * A key that has a name now, and may have rows in MySQL that came before it.
 *
 * @param column of the mapped tables
 * @param key text of its value
 * @param waited whether a row was rejected for want of the name
 */
public record LateKey(String column, String key, boolean waited) {

    /**
     * Tells whether rows of a mapping are to be looked for. Where none was seen to wait, they are
     * only if the table's primary key finds them.
     */
    public boolean isOf(TableMapping mapping) {
        return !mapping.device().lookups(column).isEmpty() && (waited || isFoundBy(mapping));
    }

    private boolean isFoundBy(TableMapping mapping) {
        return !mapping.keyColumns().isEmpty()
                && mapping.keyColumns().get(0) == mapping.columnIndex(column);
    }
}
