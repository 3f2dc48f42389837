package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.TableAppeared;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.TableNaming.Renaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decision whether a statement that gives tables other names lets the replication go on. Rows
 * of a mapped table may get the name of another one that writes them to the same places. A mapped
 * name may be given to a table that has no rows.
 */
final class RenamedTables {
    private final List<FollowedTable> mappings;
    private final KnownTables known;

    RenamedTables(List<FollowedTable> mappings, KnownTables known) {
        this.mappings = mappings;
        this.known = known;
    }

    /**
     * Looks at the names that a statement gives.
     *
     * @param renamings in their order
     * @param sql the statement
     * @param place where it stands
     * @throws io.iotdbmigrate.model.UserException exit code 6, if the replication cannot go on
     * @throws TableAppeared if a name has to be followed that is not followed yet
     */
    void require(List<Renaming> renamings, String sql, String place) {
        Map<TableId, TableId> origins = new LinkedHashMap<>();
        for (Renaming renaming : renamings) {
            TableId origin = origins.remove(renaming.from());
            origins.put(renaming.to(), origin == null ? renaming.from() : origin);
        }
        for (Map.Entry<TableId, TableId> table : origins.entrySet()) {
            TableId origin = table.getValue();
            TableId now = table.getKey();
            List<FollowedTable> before = mappings(origin);
            List<FollowedTable> after = mappings(now);
            Optional<String> pattern = pattern(now);
            if (after.isEmpty() && pattern.isEmpty()) {
                if (!before.isEmpty()) {
                    throw Stops.statement(sql, place, "takes away the name of " + origin);
                }
            } else if (before.isEmpty() && !known.isUnfilled(origin)) {
                throw Stops.statement(
                        sql,
                        place,
                        "names a table "
                                + now
                                + pattern.map(p -> ", which matches tables: " + p).orElse("")
                                + ", and its rows are not in the binlog");
            } else if (after.isEmpty()) {
                throw new TableAppeared(sql, place, now, pattern.orElseThrow());
            } else if (!before.isEmpty() && !shapes(before).equals(shapes(after))) {
                throw Stops.statement(
                        sql,
                        place,
                        "gives the rows of "
                                + origin
                                + " the name "
                                + now
                                + ", which is mapped to other places");
            }
        }
    }

    private List<FollowedTable> mappings(TableId table) {
        return mappings.stream()
                .filter(m -> m.table().table().equalsIgnoreCase(table.table()))
                .filter(m -> m.table().database().equalsIgnoreCase(table.database()))
                .toList();
    }

    /** Tells whether a table matches a pattern. */
    boolean isAlike(TableId table) {
        return pattern(table).isPresent();
    }

    private Optional<String> pattern(TableId table) {
        return mappings.stream().flatMap(m -> m.patternOf(table).stream()).findFirst();
    }

    private static List<String> shapes(List<FollowedTable> ofOneTable) {
        return ofOneTable.stream().map(RenamedTables::shape).toList();
    }

    private static String shape(FollowedTable table) {
        return table instanceof TableMapping mapping
                ? MappingFingerprints.of(List.of(mapping)).values().iterator().next()
                : table.toString();
    }
}
