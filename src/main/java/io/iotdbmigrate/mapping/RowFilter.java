package io.iotdbmigrate.mapping;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are mapped. MySQL is asked by the same condition, so both sides must decide
 * alike about every row.
 *
 * @param text of the config in one spelling; empty if there is none
 */
public record RowFilter(String text, RowCondition condition) implements Serializable {
    /** The filter that takes all rows. */
    public static final RowFilter EVERY_ROW = new RowFilter("", new RowCondition.All(List.of()));

    /** Tells whether it takes all rows. */
    public boolean isEveryRow() {
        return text.isEmpty();
    }

    /**
     * Tells whether a row is mapped: the condition is true, and neither false nor unknown.
     *
     * @param row one canonical value per column of the mapping
     */
    public boolean takes(@Nullable Object[] row) {
        return condition.of(row) == RowCondition.Truth.TRUE;
    }
}
