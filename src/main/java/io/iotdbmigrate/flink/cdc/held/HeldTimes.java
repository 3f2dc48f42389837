package io.iotdbmigrate.flink.cdc.held;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import io.iotdbmigrate.mysql.rows.TableTimes;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The times between which the rows of tables lie whose rows IoTDB is to lose with the table: a
 * table that is gone tells nothing. MySQL is asked once for each table that was there before, and
 * every row that the binlog has is added. Not thread-safe.
 */
public final class HeldTimes {
    private final List<TableMapping> mappings;
    private final Map<Integer, RowMapper> mappers = new HashMap<>();
    private final Map<TableId, Held> held = new LinkedHashMap<>();

    public HeldTimes(List<TableMapping> mappings) {
        this.mappings = List.copyOf(mappings);
        for (int i = 0; i < mappings.size(); i++) {
            if (mappings.get(i).followsEmptied()) {
                mappers.put(i, new RowMapper(mappings.get(i)));
            }
        }
    }

    /**
     * Takes what a checkpoint held. A table whose rows are not to go is forgotten: nobody adds its
     * rows from here on.
     */
    public void restore(Held one) {
        if (mappers.keySet().stream().anyMatch(m -> mappings.get(m).table().equals(one.id()))) {
            held.put(one.id(), one);
        }
    }

    /** Returns what a checkpoint has to hold. */
    public List<Held> snapshot() {
        return List.copyOf(held.values());
    }

    /**
     * Asks MySQL for the tables of which nothing is known yet.
     *
     * @throws IOException if MySQL is away
     */
    public void look(MySqlConfig mysql) throws IOException {
        List<TableMapping> open =
                mappers.keySet().stream()
                        .map(mappings::get)
                        .filter(m -> !held.containsKey(m.table()))
                        .toList();
        if (open.isEmpty()) {
            return;
        }
        try (BinlogServer server = new BinlogServer(mysql)) {
            for (TableMapping mapping : open) {
                TableId table = mapping.table();
                Held before = held.getOrDefault(table, Held.none(table));
                Optional<TableTimes> times = TableTimes.read(mysql, mapping);
                if (times.isEmpty()) {
                    held.put(table, Held.unknown(table));
                    continue;
                }
                Held now = times.get().range().map(before::and).orElse(before);
                BinlogPosition end = server.head();
                held.put(table, now.lookedAt(end.file(), end.offset()));
            }
        } catch (UserException e) {
            if (e.exitCode() == ExitCode.MYSQL) {
                throw new AwayException(e.exitCode(), e.getMessage(), e);
            }
            throw e;
        }
    }

    /**
     * Adds the times of a row that the binlog has, also of one that is filtered or rejected.
     *
     * @param mapping its index
     */
    public void add(int mapping, @Nullable Object @Nullable [] row) {
        RowMapper mapper = mappers.get(mapping);
        if (mapper == null || row == null) {
            return;
        }
        OptionalLong time = mapper.timeOf(row);
        if (time.isPresent()) {
            held.compute(
                    mappings.get(mapping).table(),
                    (table, one) -> (one == null ? Held.none(table) : one).and(time.getAsLong()));
        }
    }

    /** Notes how far the binlog was read. */
    public void passed(@Nullable ChangePosition read) {
        if (read != null && read.isInBinlog()) {
            held.replaceAll((table, one) -> one.passed(read));
        }
    }

    /** Notes that another server's binlog goes on: what the former one ended with says nothing. */
    public void otherServer() {
        held.replaceAll((table, one) -> one.file() == null ? one : one.unknown());
    }

    /** Follows the names that a statement gives: to new tables, or to those that had others. */
    public void named(TableNews news, ChangePosition at) {
        news.created().forEach(table -> held.put(table, Held.none(table)));
        for (TableNews.Renamed names : news.renamed()) {
            Held rows = held.getOrDefault(names.from(), Held.none(names.from())).at(at);
            Held other = held.getOrDefault(names.to(), Held.none(names.to()));
            held.put(names.to(), rows.named(names.to(), other));
            held.put(names.from(), Held.none(names.from()));
        }
    }

    /**
     * Returns between which times the rows of a table lay that has lost them, and begins anew with
     * it.
     *
     * @return empty if it had no row
     * @throws UserException exit code 6, if that is not known
     */
    public Optional<Range> emptied(TableId table, TableNews news, ChangePosition at) {
        Held rows = held.getOrDefault(table, Held.unknown(table)).at(at);
        if (!rows.known()) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the statement \""
                            + news.statement()
                            + "\" at "
                            + at
                            + " takes away all rows of "
                            + table
                            + ", and on_partition_drop: delete cannot tell which these were: they"
                            + " were gone before cdc saw them; nothing behind it was applied. "
                            + (news.drops()
                                    ? "To keep such rows in IoTDB as history, set"
                                            + " on_partition_drop: ignore for the tables of its"
                                            + " pattern and start cdc again. To lose them, copy"
                                    : "Copy")
                            + " the tables as they are now with iotdb-migrate backfill --restart,"
                            + " then start cdc again");
        }
        held.put(table, Held.none(table));
        return rows.range();
    }
}
