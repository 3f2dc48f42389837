package io.iotdbmigrate.flink.cdc.binlog;

import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;

/**
 * The tables that are not mapped, were created while the job read, and have no rows yet: one of
 * them may be renamed into a pattern. A checkpoint has their names with the place in the binlog,
 * and their definitions with those of the mapped tables. Thread-safe.
 */
final class UnfilledTables {
    private static final String NAMES = "iotdb_migrate_unfilled";
    private static final String SEPARATOR = "\n";

    private Map<TableId, TableChange> definitions = Map.of();

    /** Takes those that a checkpoint had. */
    synchronized void restore(MySqlBinlogSplit split) {
        String names = split.getStartingOffset().getOffset().getOrDefault(NAMES, "");
        definitions =
                split.getTableSchemas().entrySet().stream()
                        .filter(
                                e ->
                                        Arrays.asList(names.split(SEPARATOR))
                                                .contains(e.getKey().toString()))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Takes those that there are at an event that is handed on. */
    synchronized void are(Map<TableId, TableChange> now) {
        definitions = Map.copyOf(now);
    }

    /** Returns them with their definitions. */
    synchronized Map<TableId, TableChange> definitions() {
        return definitions;
    }

    /** Returns the split as a checkpoint is to have it. */
    MySqlBinlogSplit noted(MySqlBinlogSplit split) {
        Map<TableId, TableChange> now = definitions();
        Map<String, String> offset = new HashMap<>(split.getStartingOffset().getOffset());
        offset.remove(NAMES);
        if (!now.isEmpty()) {
            offset.put(
                    NAMES,
                    now.keySet().stream()
                            .map(TableId::toString)
                            .collect(Collectors.joining(SEPARATOR)));
        }
        return with(split, offset, now);
    }

    /** Returns the split with their definitions, which the connector then knows. */
    MySqlBinlogSplit defined(MySqlBinlogSplit split) {
        return with(split, split.getStartingOffset().getOffset(), definitions());
    }

    private static MySqlBinlogSplit with(
            MySqlBinlogSplit split, Map<String, String> offset, Map<TableId, TableChange> more) {
        Map<TableId, TableChange> all = new HashMap<>(split.getTableSchemas());
        all.putAll(more);
        return Splits.with(split, offset, all);
    }
}
