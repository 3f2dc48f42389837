package io.iotdbmigrate.cutover;

import io.iotdbmigrate.config.CutoverConfig.Verify;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @param checksum of all values, the same on both sides if equal; empty where only counts were
     *     compared
     * @param checksumAt when that was, if it was before this comparison, which looked only at what
     *     has changed since
     */
    public record Table(
            String name, long rows, long found, String checksum, @Nullable Instant checksumAt) {

        /** Notes that its checksum is of this comparison. */
        public Table(String name, long rows, long found, String checksum) {
            this(name, rows, found, checksum, null);
        }
    }

    /** Returns the rows of all tables, as MySQL has them. */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
