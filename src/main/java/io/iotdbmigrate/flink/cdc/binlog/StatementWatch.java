package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.flink.cdc.BinlogMark.Kind;
import io.iotdbmigrate.flink.cdc.PartitionNames;
import io.iotdbmigrate.flink.cdc.TableAppeared;
import io.iotdbmigrate.flink.cdc.held.TableNews;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.BinlogStatement.Change;
import io.iotdbmigrate.mysql.binlog.BinlogStatement.Effect;
import io.iotdbmigrate.mysql.binlog.QueryStatus;
import io.iotdbmigrate.mysql.binlog.TableAlteration;
import io.iotdbmigrate.mysql.binlog.TableNaming.Renaming;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A watch that decides what a statement in the binlog means for the mapped tables. Not thread-safe.
 */
final class StatementWatch {
    private final List<FollowedTable> mappings;
    private final List<TableId> tables;
    private final KnownTables known;
    private final KeptValues values;
    private final RenamedTables renames;
    private final ElsewhereWatch elsewhere;
    private String since = "";

    /** Whether {@link #since} names a statement that gave a table another name. */
    private boolean renamed;

    /**
     * @param dialect of the server that logs the statements
     */
    StatementWatch(List<FollowedTable> mappings, Dialect dialect, KnownTables known) {
        this.known = known;
        this.renames = new RenamedTables(mappings, known);
        this.values = new KeptValues(mappings, dialect.logsCharacterSets(), known);
        this.mappings = mappings;
        this.tables = mappings.stream().map(FollowedTable::table).distinct().toList();
        this.elsewhere = new ElsewhereWatch(tables, dialect.logsChangedDatabases(), known);
    }

    /**
     * What to do with a statement.
     *
     * @param instead what the connector has instead; null: the statement itself; empty: nothing
     * @param mark that stands behind it; null: none
     */
    record Verdict(@Nullable String instead, @Nullable Kind mark, String xid) {
        static final Verdict ITSELF = new Verdict(null, null, "");
        static final Verdict PASSED = new Verdict(null, Kind.PASSED, "");
        static final Verdict LEFT_OUT = new Verdict("", Kind.PASSED, "");
    }

    /**
     * Names the last statement about a mapped table, or the first that renames one, as the end of a
     * sentence; empty if none was.
     */
    String since() {
        return since;
    }

    /**
     * Looks at a statement.
     *
     * @param place where it stands
     * @param changed whether its transaction has changed mapped tables before it
     * @param status what the binlog tells of it
     * @throws UserException exit code 6, if the replication cannot go on
     * @throws TableAppeared if a table has to be followed that is not followed yet
     */
    Verdict look(String database, String sql, String place, boolean changed, QueryStatus status) {
        BinlogStatement statement = BinlogStatement.parse(database, sql);
        Verdict xa = xa(statement);
        if (xa != null) {
            return xa;
        }
        if (statement.takesBack() && changed) {
            throw Stops.statement(
                    sql, place, "takes back changes of mapped tables that stand before it");
        }
        if (statement.naming().isOfTemporaryTable()) {
            return statement.concerns(tables) ? Verdict.LEFT_OUT : Verdict.ITSELF;
        }
        Optional<Change> change =
                statement.change(tables).or(() -> changedElsewhere(statement, status));
        if (change.isEmpty()) {
            elsewhere.look(statement, status, sql, place);
        }
        if (change.isPresent()) {
            if (!isFollowed(change.get())) {
                throw Stops.statement(sql, place, change.get().what(), remedy(change.get()));
            }
            return new Verdict(
                    null, Kind.PARTITION_DROPPED, partitions(change.get().table(), statement));
        }
        if (statement.changesRows()) {
            return statement.concerns(tables) ? Verdict.PASSED : Verdict.ITSELF;
        }
        appearing(statement, sql, place);
        if (dropsWhatIsNotThere(statement)) {
            return Verdict.LEFT_OUT;
        }
        renames.require(statement.naming().renamings(), sql, place);
        vanishing(statement, sql, place);
        if (!statement.concerns(tables)) {
            return statement.defines(renames::isAlike) ? Verdict.PASSED : Verdict.ITSELF;
        }
        TableAlteration alteration = statement.alteration();
        for (TableAlteration.AddedColumn added : alteration.addedIfMissing(tables)) {
            if (added.column().equals("(") || known.hasColumn(added.table(), added.column())) {
                throw Stops.statement(
                        sql,
                        place,
                        "adds a column to "
                                + added.table()
                                + " only if it is missing, which is not known to be so");
            }
        }
        values.require(alteration, status, sql, place);
        if (!renamed) {
            since = ", since the statement \"" + statement.text() + "\" at " + place;
        }
        renamed |= statement.naming().renames();
        Optional<TableId> rearranged =
                alteration.rearrangesPartitions() ? alteration.table(tables) : Optional.empty();
        if (rearranged.filter(this::followsDropped).isPresent()) {
            return new Verdict(
                    null, Kind.PARTITIONS_REARRANGED, partitions(rearranged.get(), statement));
        }
        Optional<TableNews> news = news(statement);
        if (news.isPresent()) {
            // The connector has no use for one that defines nothing.
            boolean defines = news.get().emptied().isEmpty() || statement.naming().drops();
            return new Verdict(defines ? null : "", Kind.TABLES_CHANGED, news.get().toText());
        }
        return alteration.onlyShowsOrHides() ? Verdict.LEFT_OUT : Verdict.PASSED;
    }

    /** Returns what it does to tables whose rows IoTDB is to lose with them. */
    private Optional<TableNews> news(BinlogStatement statement) {
        List<TableId> followed =
                mappings.stream()
                        .filter(FollowedTable::followsEmptied)
                        .map(FollowedTable::table)
                        .distinct()
                        .toList();
        List<TableId> emptied =
                statement.naming().emptied(followed).stream().filter(known::isDefined).toList();
        List<Renaming> renamed = statement.naming().renamings();
        List<TableId> created =
                statement.naming().created().map(this::mapped).filter(followed::contains).stream()
                        .filter(t -> !createsNothing(statement))
                        .toList();
        boolean names =
                renamed.stream()
                        .flatMap(r -> Stream.of(r.from(), r.to()))
                        .anyMatch(name -> followed.stream().anyMatch(t -> isSame(t, name)));
        return created.isEmpty() && emptied.isEmpty() && !names
                ? Optional.empty()
                : Optional.of(
                        new TableNews(
                                created,
                                emptied,
                                renamed.stream()
                                        .map(
                                                r ->
                                                        new TableNews.Renamed(
                                                                mapped(r.from()), mapped(r.to())))
                                        .toList(),
                                statement.text(),
                                statement.naming().drops()));
    }

    /** Spells a name as the mapped table of that name has it. */
    private TableId mapped(TableId name) {
        return tables.stream().filter(t -> isSame(t, name)).findFirst().orElse(name);
    }

    /** Looks for rows that a statement changed by way of another database. */
    private Optional<Change> changedElsewhere(BinlogStatement statement, QueryStatus status) {
        return statement.changesRows()
                ? tables.stream()
                        .filter(t -> status.changed(t.database()))
                        .findFirst()
                        .map(t -> new Change(Effect.LOGGED_AS_STATEMENT, t))
                : Optional.empty();
    }

    /** Tells whether it drops mapped tables that came only later, or come again. */
    private boolean dropsWhatIsNotThere(BinlogStatement statement) {
        List<TableId> emptied = statement.naming().emptied(tables);
        return statement.naming().drops()
                && !emptied.isEmpty()
                && emptied.stream().noneMatch(known::isDefined);
    }

    /**
     * Looks for a table that loses its rows, or its name in a way that {@link RenamedTables} has
     * not understood.
     *
     * @throws UserException exit code 6, if a mapped one does that is not to be kept
     */
    private void vanishing(BinlogStatement statement, String sql, String place) {
        List<Renaming> understood = statement.naming().renamings();
        statement
                .naming()
                .renamed(tables)
                .filter(t -> understood.stream().noneMatch(r -> isSame(r.from(), t)))
                .ifPresent(
                        table -> {
                            throw Stops.statement(sql, place, "takes away the name of " + table);
                        });
        for (TableId emptied : statement.naming().emptied(tables)) {
            mappings.stream()
                    .filter(m -> m.table().equals(emptied) && known.isDefined(emptied))
                    .filter(m -> !SchemaChanges.isFollowed(m, statement.naming().drops()))
                    .findFirst()
                    .ifPresent(
                            mapping -> {
                                throw SchemaChanges.emptied(sql, place, mapping);
                            });
        }
    }

    private static String partitions(TableId table, BinlogStatement statement) {
        return new PartitionNames(
                        table.database(),
                        table.table(),
                        statement.alteration().partitions(),
                        statement.text())
                .toText();
    }

    /** Tells whether all mappings of a table say what becomes of rows that were dropped. */
    private boolean followsDropped(TableId table) {
        return mappings.stream()
                .filter(m -> m.table().equals(table))
                .allMatch(m -> m.onPartitionDrop() != OnPartitionDrop.FAIL);
    }

    /**
     * Looks for a table that is created and matches a pattern. One that is gone by now need not be
     * followed if IoTDB would lose its rows with it.
     *
     * @throws TableAppeared if one is
     */
    private void appearing(BinlogStatement statement, String sql, String place) {
        Optional<TableId> created = statement.naming().created().filter(t -> !isMapped(t));
        if (created.isEmpty()) {
            return;
        }
        TableId table = created.get();
        List<FollowedTable> alike =
                mappings.stream().filter(m -> m.patternOf(table).isPresent()).toList();
        boolean deleted =
                alike.stream().allMatch(m -> m.onPartitionDrop() == OnPartitionDrop.DELETE);
        if (!alike.isEmpty() && !(deleted && known.isGone(table))) {
            throw new TableAppeared(sql, place, table, alike.get(0).patternOf(table).orElseThrow());
        }
    }

    private boolean isMapped(TableId table) {
        return tables.stream().anyMatch(t -> isSame(t, table));
    }

    /** Tells whether it creates a mapped table only if there is none, and there is one. */
    boolean createsNothing(BinlogStatement statement) {
        return statement.naming().createsIfMissing()
                && statement
                        .naming()
                        .created()
                        .filter(
                                c ->
                                        tables.stream()
                                                .anyMatch(t -> isSame(t, c) && known.isDefined(t)))
                        .isPresent();
    }

    private static boolean isSame(TableId one, TableId other) {
        return one.database().equalsIgnoreCase(other.database())
                && one.table().equalsIgnoreCase(other.table());
    }

    /**
     * Looks at one of them. The connector passes over the statements of XA transactions. It takes
     * rows without a BEGIN for no transaction's, and drops the first of them where it began to
     * read.
     */
    private static @Nullable Verdict xa(BinlogStatement statement) {
        Optional<String> start = statement.xa("START");
        if (start.isPresent()) {
            return new Verdict("BEGIN", Kind.XA_BEGINS, start.get());
        }
        Optional<String> commit = statement.xa("COMMIT");
        if (commit.isPresent()) {
            return new Verdict("COMMIT", Kind.XA_COMMITTED, commit.get());
        }
        return statement
                .xa("ROLLBACK")
                .map(xid -> new Verdict("COMMIT", Kind.XA_ROLLED_BACK, xid))
                .orElse(null);
    }

    private boolean isFollowed(Change change) {
        return change.effect() == Effect.PARTITION_DROPPED && followsDropped(change.table());
    }

    private static String remedy(Change change) {
        return switch (change.effect()) {
            case PARTITION_DROPPED ->
                    "To keep such rows in IoTDB as history, set on_partition_drop: ignore for the"
                            + " table, and delete to have them deleted there, too. ";
            case LOGGED_AS_STATEMENT ->
                    "Have all sessions write rows, binlog_format = ROW, those too that were open"
                            + " before SET GLOBAL. ";
            case PARTITION_EXCHANGED,
                            FILE_REPLACED,
                            EMPTIED,
                            DUPLICATES_DELETED,
                            VERSIONED,
                            COMPRESSED ->
                    "";
        };
    }
}
