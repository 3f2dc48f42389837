package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.QueryStatus;
import io.iotdbmigrate.mysql.binlog.TableAlteration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The guard that an alteration of a mapped table keeps its values: MySQL logs none it changes. */
final class KeptValues {
    private final List<FollowedTable> mappings;
    private final List<TableId> tables;
    private final boolean logsCharacterSets;
    private final KnownTables known;

    /**
     * @param logsCharacterSets whether rows tell the character sets of their texts
     */
    KeptValues(List<FollowedTable> mappings, boolean logsCharacterSets, KnownTables known) {
        this.mappings = mappings;
        this.tables = mappings.stream().map(FollowedTable::table).distinct().toList();
        this.logsCharacterSets = logsCharacterSets;
        this.known = known;
    }

    /**
     * Requires that an alteration changes no value of a mapped column.
     *
     * @param place where it stands
     * @throws UserException exit code 6, if it may
     */
    void require(TableAlteration alteration, QueryStatus status, String sql, String place) {
        alteration
                .table(tables)
                .ifPresent(table -> requireSameValues(table, alteration, status, sql, place));
        requireSameTexts(alteration, status, sql, place);
    }

    /**
     * Requires that values of mapped columns stay as they are: MySQL logs none that an alteration
     * changes.
     *
     * @throws UserException exit code 6, if they may not
     */
    private void requireSameValues(
            TableId table,
            TableAlteration alteration,
            QueryStatus status,
            String sql,
            String place) {
        for (TableAlteration.Altered altered : alteration.columns()) {
            boolean mapped =
                    mappings.stream()
                            .filter(m -> m.table().equals(table))
                            .flatMap(m -> m.columns().stream())
                            .anyMatch(c -> c.name().equalsIgnoreCase(altered.column()));
            String what =
                    switch (altered.how()) {
                        case GONE -> "takes away column ";
                        case COMPUTED -> "may change values of column ";
                        case DEFINED ->
                                status.lenient()
                                        ? "was executed without a strict sql_mode and may change"
                                                + " values of column "
                                        : "";
                    };
            if (mapped && !what.isEmpty()) {
                throw Stops.statement(sql, place, what + altered.column() + " of " + table);
            }
        }
        if (mayComputeAnew(alteration)) {
            generated(table, alteration)
                    .ifPresent(
                            column -> {
                                throw Stops.statement(
                                        sql,
                                        place,
                                        "may change values of the generated column "
                                                + column
                                                + " of "
                                                + table);
                            });
        }
    }

    /** Tells whether columns have other values than before that generated ones are made of. */
    private static boolean mayComputeAnew(TableAlteration alteration) {
        return alteration.convertsCharacters()
                || alteration.columns().stream()
                        .anyMatch(c -> c.how() != TableAlteration.Altered.How.GONE);
    }

    /**
     * Returns a mapped column that MySQL computes anew. What its expression names now, it was made
     * of here: a statement between that makes it of others stops the replication, too.
     */
    private Optional<String> generated(TableId table, TableAlteration alteration) {
        Map<String, String> expressions = known.generated(table);
        Set<String> anew = computedAnew(expressions, alteration);
        return mappings.stream()
                .filter(m -> m.table().equals(table))
                .flatMap(m -> m.columns().stream())
                .map(Column::name)
                .filter(name -> expressions.containsKey(folded(name)))
                .filter(name -> alteration.convertsCharacters() || anew.contains(folded(name)))
                .findFirst();
    }

    /** Returns the columns that are defined anew, and those that are made of them, and so on. */
    private static Set<String> computedAnew(
            Map<String, String> expressions, TableAlteration alteration) {
        Set<String> anew = new HashSet<>();
        alteration.columns().forEach(c -> anew.add(folded(c.column())));
        int before;
        do {
            before = anew.size();
            expressions.forEach(
                    (name, expression) -> {
                        if (anew.stream().anyMatch(c -> names(expression, c))) {
                            anew.add(name);
                        }
                    });
        } while (anew.size() > before);
        return anew;
    }

    private static boolean names(String expression, String column) {
        return folded(expression).contains("`" + column.replace("`", "``") + "`");
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Requires that a change of character set is followed, and that it loses no character.
     *
     * @throws UserException exit code 6, if that is not so
     */
    private void requireSameTexts(
            TableAlteration alteration, QueryStatus status, String sql, String place) {
        if (!alteration.convertsCharacters()) {
            return;
        }
        if (!logsCharacterSets) {
            throw Stops.statement(
                    sql,
                    place,
                    "changes the character set of a mapped table, and rows do not tell");
        }
        if (status.lenient() && alteration.table(tables).isPresent()) {
            throw Stops.statement(
                    sql,
                    place,
                    "was executed without a strict sql_mode and may change texts of a mapped"
                            + " table");
        }
    }
}
