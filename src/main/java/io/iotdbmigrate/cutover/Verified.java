package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.time.Instant;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param at when it ended
 * @param differences one sentence each, empty if equal
 */
public record Verified(
        Verify mode, boolean equal, Instant at, List<Table> tables, List<String> differences) {

    public Verified {
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
    }

    /**
     * One table.
     *
     * @param rows that MySQL's rows must be in IoTDB
     * @param found that are
     * @param checksum of all values, the same on both sides if equal, and when that was if it was
     *     not now; empty where only counts were compared
     */
    public record Table(String name, long rows, long found, String checksum) {}

    /** Rows of all tables, as MySQL has them. */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
