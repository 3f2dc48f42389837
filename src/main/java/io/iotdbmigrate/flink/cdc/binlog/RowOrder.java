package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.relational.Table;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.Uniqueness;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.TableAlteration.Altered;
import io.iotdbmigrate.mysql.binlog.TableNaming.Renaming;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The guard that of the rows at one device and time the same one stands: a key keeps them apart, or
 * the primary key orders them. No row event tells that another one stands. Not thread-safe.
 */
final class RowOrder {
    private static final String CHOICE =
            ", and of its rows at one device and time another may stand";

    private final List<CdcSpec.Table> tables;
    private final List<TableId> names;
    private final Function<TableId, List<TableKey>> server;
    private final Function<TableId, @Nullable Table> definitions;
    private final Map<TableId, List<TableKey>> keys = new HashMap<>();
    private final Set<TableId> fresh = new HashSet<>();
    private @Nullable Set<TableId> mixed;
    private boolean news = true;

    /**
     * @param tables as they are planned, by the keys that the server had at the start of the job
     * @param known the keys at the place where reading begins; of a table that is not among them
     *     they are taken to be as planned
     * @param server tells which keys a table has now
     * @param definitions how a table is defined, as the connector knows it
     */
    RowOrder(
            List<CdcSpec.Table> tables,
            Map<TableId, List<TableKey>> known,
            Function<TableId, List<TableKey>> server,
            Function<TableId, @Nullable Table> definitions) {
        this.tables = tables;
        this.names = tables.stream().map(t -> t.mapping().table()).distinct().toList();
        this.server = server;
        this.definitions = definitions;
        for (CdcSpec.Table table : tables) {
            TableId name = table.mapping().table();
            keys.put(name, known.getOrDefault(name, table.keys()));
        }
    }

    private List<TableKey> keys(TableId table) {
        return keys.getOrDefault(table, List.of());
    }

    /**
     * Follows what a statement does to the keys of tables.
     *
     * @param place where it stands
     * @throws UserException exit code 6, if another row may stand than before
     */
    void statement(BinlogStatement statement, String place) {
        statement.naming().created().flatMap(this::mapped).ifPresent(t -> created(t, statement));
        if (!statement.naming().renamings().isEmpty()) {
            renamed(statement, place);
        }
        Optional<TableId> altered = statement.definedKeys().table(names);
        if (altered.isEmpty()) {
            return;
        }
        TableId table = altered.get();
        List<TableKey> before = keys(table);
        List<TableKey> after =
                statement.definedKeys().after(before, column -> isNotNull(table, column));
        for (CdcSpec.Table planned : of(table)) {
            require(planned, before, after, statement, place);
        }
        keys.put(table, after);
        moved();
    }

    private void moved() {
        mixed = null;
        news = true;
    }

    private void created(TableId table, BinlogStatement statement) {
        Optional<TableId> like = statement.definedKeys().like();
        if (like.isPresent()) {
            keys.put(
                    table, mapped(like.get()).map(this::keys).orElseGet(() -> server.apply(table)));
        } else {
            keys.put(table, statement.definedKeys().created());
        }
        fresh.add(table);
        moved();
    }

    /** Compares the keys of tables that exchange their names. */
    private void renamed(BinlogStatement statement, String place) {
        Map<TableId, List<TableKey>> moved = new HashMap<>();
        for (Renaming renaming : statement.naming().renamings()) {
            TableId from = mapped(renaming.from()).orElse(renaming.from());
            List<TableKey> own = moved.remove(from);
            TableId to = mapped(renaming.to()).orElse(renaming.to());
            moved.put(to, own != null ? own : names.contains(from) ? keys(from) : server.apply(to));
        }
        moved.forEach(
                (table, after) -> {
                    for (CdcSpec.Table planned : of(table)) {
                        require(planned, keys(table), after, statement, place);
                    }
                    if (names.contains(table)) {
                        keys.put(table, after);
                    }
                });
        moved();
    }

    private void require(
            CdcSpec.Table planned,
            List<TableKey> before,
            List<TableKey> after,
            BinlogStatement statement,
            String place) {
        TableMapping mapping = planned.mapping();
        if (Uniqueness.guarantee(mapping, after).isPresent()) {
            return;
        }
        Optional<TableKey> kept = Uniqueness.guarantee(mapping, before);
        if (kept.isPresent() && planned.unique()) {
            throw Stops.statement(
                    statement.text(),
                    place,
                    "takes away key "
                            + kept.get().name()
                            + " of "
                            + mapping.table()
                            + ", without which several of its rows may share a device and a time");
        }
        boolean settled = kept.isEmpty() && !fresh.contains(mapping.table());
        boolean another = settled && !order(before).equals(order(after));
        boolean unplanned =
                !planned.unique() && !before.equals(after) && !isPlanned(mapping, after);
        if (another || unplanned) {
            throw Stops.statement(
                    statement.text(),
                    place,
                    "changes the primary key of " + mapping.table() + CHOICE);
        }
        if (settled) {
            resorted(mapping, statement)
                    .ifPresent(
                            column -> {
                                throw Stops.statement(
                                        statement.text(),
                                        place,
                                        "may change the order of column "
                                                + column
                                                + " in the primary key of "
                                                + mapping.table()
                                                + CHOICE);
                            });
        }
    }

    /** Returns by what rows are ordered: the primary key; without one by each unique key. */
    private static List<String> order(List<TableKey> keys) {
        return keys.stream()
                .filter(TableKey::isPrimary)
                .findFirst()
                .map(TableKey::columns)
                .orElseGet(
                        () ->
                                keys.stream()
                                        .filter(TableKey::rowsAreUnique)
                                        .flatMap(key -> key.columns().stream())
                                        .toList())
                .stream()
                .map(c -> c.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isPlanned(TableMapping mapping, List<TableKey> keys) {
        List<String> planned =
                mapping.keyColumns().stream()
                        .map(c -> mapping.columns().get(c).name().toLowerCase(Locale.ROOT))
                        .toList();
        return keys.stream().noneMatch(TableKey::isPrimary)
                ? planned.isEmpty()
                : order(keys).equals(planned);
    }

    /** Returns a column of the primary key with texts that may sort otherwise behind it. */
    private static Optional<String> resorted(TableMapping mapping, BinlogStatement statement) {
        List<Column> texts =
                mapping.keyColumns().stream()
                        .map(c -> mapping.columns().get(c))
                        .filter(c -> isText(c.type().kind()))
                        .filter(c -> !Uniqueness.isSameWithin(mapping, c.name()))
                        .toList();
        return texts.stream()
                .map(Column::name)
                .filter(
                        name ->
                                statement.alteration().convertsCharacters()
                                        || statement.alteration().columns().stream()
                                                .map(Altered::column)
                                                .anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    private static boolean isText(Kind kind) {
        return switch (kind) {
            case CHAR, VARCHAR, TEXT, ENUM, SET -> true;
            default -> false;
        };
    }

    /**
     * Looks at rows that were updated or deleted.
     *
     * @throws UserException exit code 6, if others may share their points, and were kept apart only
     *     later: it was planned as if they were by then
     */
    void changed(TableId table, Object position) {
        if (mixed == null) {
            mixed =
                    tables.stream()
                            .filter(CdcSpec.Table::unique)
                            .map(CdcSpec.Table::mapping)
                            .filter(m -> Uniqueness.guarantee(m, keys(m.table())).isEmpty())
                            .map(TableMapping::table)
                            .collect(Collectors.toSet());
        }
        if (mixed.contains(table)) {
            throw Stops.rows(
                    table,
                    position,
                    "were changed while several might share a device and a time, which a key"
                            + " prevents that was added later");
        }
    }

    /** Returns all keys, if they have changed since the last call. */
    Optional<Map<TableId, List<TableKey>>> news() {
        if (!news) {
            return Optional.empty();
        }
        news = false;
        return Optional.of(Map.copyOf(keys));
    }

    private Optional<TableId> mapped(TableId table) {
        return names.stream()
                .filter(t -> t.table().equalsIgnoreCase(table.table()))
                .filter(t -> t.database().equalsIgnoreCase(table.database()))
                .findFirst();
    }

    private List<CdcSpec.Table> of(TableId table) {
        return tables.stream().filter(t -> t.mapping().table().equals(table)).toList();
    }

    private boolean isNotNull(TableId table, String column) {
        Table known = definitions.apply(table);
        io.debezium.relational.Column found =
                known == null ? null : known.columnWithName(ConnectorNames.column(column));
        return found != null && !found.isOptional();
    }
}
