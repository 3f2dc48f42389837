package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.CreatedTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a pattern that were not there when the replication, or the backfill before it,
 * began. They can be followed if the binlog creates them: then all their rows are in it.
 */
final class AddedTables {
    private final MySqlConfig mysql;
    private final List<TableMapping> mappings;

    AddedTables(MySqlConfig mysql, List<TableMapping> mappings) {
        this.mysql = mysql;
        this.mappings = mappings;
    }

    /**
     * Returns the shapes of the tables that were there before, and of those that the config alone
     * added.
     *
     * @param before shapes as they were
     * @param file of the place where reading goes on
     * @throws UserException exit code 3, if a table of a pattern was not there and is not created
     *     behind that place
     */
    Map<String, String> without(
            Map<String, String> before, Map<String, String> now, String file, long offset) {
        Map<String, String> others = new LinkedHashMap<>(now);
        for (TableMapping mapping : mappings) {
            String table = mapping.table().toString();
            if (mapping.patternOf(mapping.table()).isPresent() && !before.containsKey(table)) {
                requireCreated(mapping, file, offset);
                others.remove(table);
            }
        }
        return others;
    }

    private void requireCreated(TableMapping mapping, String file, long offset) {
        TableId table = mapping.table();
        if (file.isEmpty() || !CreatedTables.isCreatedBehind(mysql, file, offset, table)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "table "
                            + table
                            + " matches tables: "
                            + mapping.patternOf(table).orElseThrow()
                            + " and was not copied, and the binlog behind "
                            + (file.isEmpty() ? "the last position" : file + ":" + offset)
                            + " does not create it, so rows of it may be missing; copy the tables"
                            + " anew with iotdb-migrate backfill --restart, then start cdc again");
        }
    }
}
