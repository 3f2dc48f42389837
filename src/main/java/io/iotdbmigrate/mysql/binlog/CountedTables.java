package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tables whose events count in a binlog. One that matches a pattern counts also when MySQL has
 * it no more: rows of it may be unread.
 *
 * @param named those that MySQL has
 * @param alike tells whether a table matches a pattern
 */
public record CountedTables(Set<TableId> named, Predicate<TableId> alike) {
    public CountedTables {
        named = Set.copyOf(named);
    }

    /** Counts these tables only. */
    public static CountedTables only(Collection<TableId> tables) {
        return new CountedTables(Set.copyOf(tables), table -> false);
    }

    /** Counts tables that are followed, and those that would be followed alike. */
    public static CountedTables of(Collection<? extends FollowedTable> followed) {
        List<FollowedTable> tables = List.copyOf(followed);
        return new CountedTables(
                tables.stream().map(FollowedTable::table).collect(Collectors.toSet()),
                table -> tables.stream().anyMatch(t -> t.patternOf(table).isPresent()));
    }
}
