package io.iotdbmigrate.flink.cdc.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.relational.Table;
import io.debezium.relational.history.TableChanges.TableChange;
import io.debezium.relational.history.TableChanges.TableChangeType;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.TableNaming;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A watch over tables that are created and not mapped, until rows come to them. Not thread-safe.
 */
final class UnfilledWatch {
    private final Predicate<TableId> mapped;
    private final Function<TableId, @Nullable Table> definitions;
    private final Set<TableId> unfilled;
    private Map<TableId, Table> told = new HashMap<>();

    /**
     * @param definitions how a table is defined, as the connector knows it
     * @param begin those that are known to be unfilled already
     */
    UnfilledWatch(
            Predicate<TableId> mapped,
            Function<TableId, @Nullable Table> definitions,
            Collection<TableId> begin) {
        this.mapped = mapped;
        this.definitions = definitions;
        this.unfilled = new HashSet<>(begin);
    }

    /** Tells whether a table is known to have no rows. */
    boolean has(TableId table) {
        return unfilled.contains(table);
    }

    /** Takes in that rows of a table follow. */
    void rows(TableMapEventData map) {
        if (!unfilled.isEmpty()) {
            unfilled.remove(new TableId(map.getDatabase(), map.getTable()));
        }
    }

    /** Takes in a statement that the connector has had. */
    void statement(QueryEventData query) {
        BinlogStatement statement = BinlogStatement.parse(query.getDatabase(), query.getSql());
        TableNaming naming = statement.naming();
        if (!naming.createsIfMissing()) {
            naming.created().ifPresent(table -> add(spelled(table, query)));
        }
        unfilled.removeIf(statement::mayFill);
        for (TableNaming.Renaming renaming : naming.renamings()) {
            if (unfilled.remove(spelled(renaming.from(), query))) {
                add(spelled(renaming.to(), query));
            }
        }
        unfilled.removeIf(table -> definitions.apply(table) == null);
    }

    /** Gives the usual database its own spelling, which a parsed statement has lost. */
    static TableId spelled(TableId table, QueryEventData query) {
        return table.database().equalsIgnoreCase(query.getDatabase())
                ? new TableId(query.getDatabase(), table.table())
                : table;
    }

    private void add(TableId table) {
        if (!mapped.test(table)) {
            unfilled.add(table);
        }
    }

    /** Returns all with their definitions, if something has changed since the last call. */
    Optional<Map<io.debezium.relational.TableId, TableChange>> news() {
        if (unfilled.isEmpty() && told.isEmpty()) {
            return Optional.empty();
        }
        Map<TableId, Table> now = new HashMap<>();
        for (TableId table : unfilled) {
            now.put(table, Objects.requireNonNull(definitions.apply(table)));
        }
        if (now.equals(told)) {
            return Optional.empty();
        }
        told = now;
        Map<io.debezium.relational.TableId, TableChange> changes = new HashMap<>();
        now.values().forEach(t -> changes.put(t.id(), new TableChange(TableChangeType.CREATE, t)));
        return Optional.of(changes);
    }
}
