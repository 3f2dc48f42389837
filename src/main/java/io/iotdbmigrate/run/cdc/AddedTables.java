package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.RowPolicies.OnPartitionDrop;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a pattern that have come or gone since the replication, or the backfill before it,
 * began. New ones can be followed if the binlog creates them: then all their rows are in it.
 */
final class AddedTables {
    private final BinlogServer server;
    private final List<TableMapping> mappings;

    AddedTables(BinlogServer server, List<TableMapping> mappings) {
        this.server = server;
        this.mappings = mappings;
    }

    /**
     * Returns the shapes of the tables that were there before, and of those that the config alone
     * added.
     *
     * @param before shapes as they were
     * @param file of the place where reading goes on
     * @param exact whether nothing behind that place was read already; if not, a creation behind it
     *     may be an old one
     * @throws UserException exit code 3, if a table of a pattern was not there and is not created
     *     behind that place; 6, if one was dropped behind it and its rows are not to be kept
     */
    Map<String, String> without(
            Map<String, String> before,
            Map<String, String> now,
            String file,
            long offset,
            boolean exact) {
        before.keySet().stream()
                .filter(table -> !now.containsKey(table))
                .forEach(table -> requireKept(TableId.parse(table), file, offset));
        Map<String, String> others = new LinkedHashMap<>(now);
        for (TableMapping mapping : mappings) {
            String table = mapping.table().toString();
            if (mapping.patternOf(mapping.table()).isPresent() && !before.containsKey(table)) {
                requireCreated(mapping, exact ? file : "", offset);
                others.remove(table);
            }
        }
        return others;
    }

    private void requireCreated(TableMapping mapping, String file, long offset) {
        TableId table = mapping.table();
        if (file.isEmpty() || !new CreatedTables(server, file, offset).isCreated(table)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "table "
                            + table
                            + " matches tables: "
                            + mapping.patternOf(table).orElseThrow()
                            + " and was not copied, and the binlog behind "
                            + (file.isEmpty() ? "the last position" : file + ":" + offset)
                            + " does not create it, or only if it was missing, so rows of it may be"
                            + " missing; copy the tables"
                            + " anew with iotdb-migrate backfill --restart, then start cdc again");
        }
    }

    /** Requires that a table of a pattern did not go in a way that nothing follows. */
    private void requireKept(TableId table, String file, long offset) {
        Optional<String> pattern =
                mappings.stream()
                        .filter(m -> m.onPartitionDrop() != OnPartitionDrop.IGNORE)
                        .flatMap(m -> m.patternOf(table).stream())
                        .findFirst();
        Optional<String> statement =
                pattern.isEmpty() || file.isEmpty()
                        ? Optional.empty()
                        : new CreatedTables(server, file, offset).taken(table);
        if (statement.isPresent()) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the statement "
                            + statement.get()
                            + " took "
                            + table
                            + " away from tables: "
                            + pattern.orElseThrow()
                            + " while cdc did not run, so it is not known which rows of IoTDB were"
                            + " those of the table; nothing behind it was applied. To keep them as"
                            + " history, set on_partition_drop: ignore for the pattern and start"
                            + " cdc again. Else copy the tables as they are now with iotdb-migrate"
                            + " backfill --restart, then start cdc again");
        }
    }
}
