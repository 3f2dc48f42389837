package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.mysql.rows.RangePartitions;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import io.iotdbmigrate.mysql.rows.TableFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ranges of partitions, remembered from before they are dropped: a statement that drops them
 * names them only. Of tables whose {@code on_partition_drop} is {@code delete} or {@code ignore}.
 * Not thread-safe.
 */
final class KnownPartitions {
    /** In milliseconds; whoever makes partitions makes them long before they are dropped. */
    private static final long LOOK_EVERY = 60_000;

    private final CdcSpec spec;
    private final List<TableMapping> mappings;
    private final Map<TableId, Map<String, Range>> known = new HashMap<>();
    private long lookedAt;

    KnownPartitions(CdcSpec spec) {
        this.spec = spec;
        this.mappings =
                spec.mappings().stream()
                        .filter(m -> m.onPartitionDrop() != OnPartitionDrop.FAIL)
                        .filter(m -> isTimeOfAll(m, spec.mappings()))
                        .toList();
    }

    /** Tells whether all mappings of a table take its time from the same columns. */
    private static boolean isTimeOfAll(TableMapping one, List<TableMapping> mappings) {
        return mappings.stream()
                .filter(m -> m.table().equals(one.table()))
                .allMatch(m -> m.timeColumns().equals(one.timeColumns()));
    }

    /** A partition as a checkpoint has it. */
    record Stored(String database, String table, String name, long from, long last) {}

    /** Returns what a checkpoint has to hold. */
    List<Stored> snapshot() {
        List<Stored> all = new ArrayList<>();
        known.forEach(
                (table, ranges) ->
                        ranges.forEach(
                                (name, range) ->
                                        all.add(
                                                new Stored(
                                                        table.database(),
                                                        table.table(),
                                                        name,
                                                        range.from(),
                                                        range.last()))));
        return all;
    }

    /** Takes what a checkpoint held. */
    void restore(Stored one) {
        ranges(new TableId(one.database(), one.table()))
                .put(one.name(), new Range(one.from(), one.last()));
    }

    /**
     * Takes the partitions that the tables had where the replication begins.
     *
     * @param createTables definitions by {@code database.table}
     */
    void begin(Map<String, String> createTables) {
        for (TableMapping mapping : mappings) {
            String definition =
                    createTables.get(mapping.table().database() + "." + mapping.table().table());
            if (definition != null) {
                RangePartitions.of(mapping, definition).ifPresent(ranges(mapping.table())::putAll);
            }
        }
    }

    /**
     * Looks which partitions MySQL has, if the last look was long ago.
     *
     * @throws IOException if MySQL is away
     */
    void look(long nowMillis) throws IOException {
        if (!mappings.isEmpty() && nowMillis - lookedAt >= LOOK_EVERY) {
            lookedAt = nowMillis;
            for (TableMapping mapping : mappings) {
                Map<String, Range> ranges = ranges(mapping.table());
                now(mapping)
                        .forEach(
                                (name, range) ->
                                        ranges.merge(name, range, KnownPartitions::eitherOrBoth));
            }
        }
    }

    /**
     * Decides about a name that is known with another range. It was rearranged, or given away anew
     * while the statement that dropped the former is not read yet: then the former counts.
     */
    private static Range eitherOrBoth(Range former, Range now) {
        return former.overlaps(now) ? former.hull(now) : former;
    }

    /** Takes the partitions of a table as MySQL has them now, behind a statement about them. */
    void rearranged(TableId table) throws IOException {
        for (TableMapping mapping : mappings) {
            if (mapping.table().equals(table)) {
                ranges(table).putAll(now(mapping));
            }
        }
    }

    /** Returns those that a table has in MySQL now: none if it is gone by now. */
    private Map<String, Range> now(TableMapping mapping) throws IOException {
        try (Connection connection = MySqlConnections.connect(spec.mysql())) {
            String definition =
                    BinlogPositions.createTables(connection, List.of(mapping.table()))
                            .values()
                            .iterator()
                            .next();
            return RangePartitions.of(mapping, definition).orElse(Map.of());
        } catch (SQLException e) {
            if (TableFailure.isGone(e)) {
                return Map.of();
            }
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the ranges of partitions that a statement drops, and forgets them.
     *
     * @throws UserException exit code 6, if one is not known
     */
    List<Range> dropped(PartitionNames dropped, Object position) {
        if (ranges(dropped.id()).isEmpty()) {
            throw unknown(
                    dropped,
                    position,
                    "its table is not partitioned by RANGE of its time or of TO_DAYS, TO_SECONDS,"
                            + " UNIX_TIMESTAMP or YEAR of it");
        }
        for (String name : dropped.names()) {
            if (!ranges(dropped.id()).containsKey(name)) {
                throw unknown(
                        dropped, position, "partition " + name + " was gone before cdc saw it");
            }
        }
        return dropped(dropped);
    }

    /** Returns the ranges that are known of the partitions that a statement drops. */
    List<Range> dropped(PartitionNames dropped) {
        Map<String, Range> ranges = ranges(dropped.id());
        if (dropped.names().isEmpty() && !ranges.isEmpty()) {
            return List.of(new Range(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        return dropped.names().stream().map(ranges::remove).filter(Objects::nonNull).toList();
    }

    private static UserException unknown(PartitionNames dropped, Object position, String why) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "the statement \""
                        + dropped.statement()
                        + "\" at "
                        + position
                        + " takes away the rows of a partition of "
                        + dropped.id()
                        + ", and on_partition_drop: delete cannot tell which these were: "
                        + why
                        + "; nothing behind it was applied. To keep such rows in IoTDB as history,"
                        + " set on_partition_drop: ignore for the table and start cdc again; verify"
                        + " then reports those that are not older than all rows of MySQL. To lose"
                        + " them, copy the tables as they are now with iotdb-migrate backfill"
                        + " --restart, then start cdc again");
    }

    private Map<String, Range> ranges(TableId table) {
        return known.computeIfAbsent(table, t -> new HashMap<>());
    }
}
