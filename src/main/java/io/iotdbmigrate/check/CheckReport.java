package io.iotdbmigrate.check;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} found.
 *
 * @param findings of the servers first, then of the tables in the order of the config
 * @param tables one per mapping whose table exists
 */
public record CheckReport(List<Finding> findings, List<Table> tables) {

    public CheckReport {
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
    }

    /**
     * A table in figures. Where rows could not be counted, {@code counts} is null.
     *
     * @param entry of the config that it is of: its name, or a pattern or list
     * @param estimatedRows the optimizer's estimate
     * @param chunkKey columns of the key along which it is read, null: in one piece
     */
    public record Table(
            String name,
            String entry,
            long estimatedRows,
            @Nullable String chunkKey,
            @Nullable Counts counts) {

        /** Makes one that the config names alone. */
        public Table(
                String name,
                long estimatedRows,
                @Nullable String chunkKey,
                @Nullable Counts counts) {
            this(name, name, estimatedRows, chunkKey, counts);
        }

        /** Returns the figures of two tables of one entry. */
        public Table plus(Table other) {
            return new Table(
                    name,
                    entry,
                    estimatedRows + other.estimatedRows,
                    Objects.equals(chunkKey, other.chunkKey) ? chunkKey : "keys that differ",
                    counts == null || other.counts == null ? null : counts.plus(other.counts));
        }

        /** Returns the number of rows, counted if all rows were looked at, else estimated. */
        public long rows() {
            return counts == null || counts.sampled() ? estimatedRows : counts.rows();
        }
    }

    /**
     * What was counted.
     *
     * @param rows looked at
     * @param sampled whether there are more rows than these
     * @param collapsed rows that give way to another of the same device and time; not counted where
     *     a unique key rules them out
     * @param nullTimes rows rejected for a time that is null or no date
     * @param nullDevices rows rejected for a device without a name
     * @param zeroDates values that become null
     * @param lost rows of which nothing arrives in IoTDB
     */
    public record Counts(
            long rows,
            boolean sampled,
            long devices,
            long collapsed,
            long nullDevices,
            long nullTimes,
            long zeroDates,
            long lost) {
        private static final int TENTH = 10;

        private Counts plus(Counts other) {
            return new Counts(
                    rows + other.rows,
                    sampled || other.sampled,
                    devices + other.devices,
                    collapsed < 0 || other.collapsed < 0 ? -1 : collapsed + other.collapsed,
                    nullDevices + other.nullDevices,
                    nullTimes + other.nullTimes,
                    zeroDates + other.zeroDates,
                    lost + other.lost);
        }

        /** Tells whether more than a tenth of the rows does not arrive. */
        public boolean losesMuch() {
            return lost * TENTH > rows;
        }
    }

    /** Returns the tables of which more than a tenth does not arrive. */
    public List<Table> losing() {
        return tables.stream().filter(t -> t.counts() != null && t.counts().losesMuch()).toList();
    }

    /**
     * Returns that of an error in the config, else of one of MySQL, else of one of IoTDB, else 0.
     */
    public ExitCode exitCode() {
        return findings.stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::exitCode)
                .min(Comparator.comparingInt(ExitCode::code))
                .orElse(ExitCode.DONE);
    }
}
