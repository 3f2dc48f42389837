package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;

/**
 * The keys that keep rows of mapped tables apart at the place where the job reads: MySQL may have
 * others now. A checkpoint has them with the place in the binlog. Thread-safe.
 */
final class KeptUniqueKeys {
    private static final String UNIQUE = "iotdb_migrate_unique";

    private Optional<Map<TableId, List<TableKey>>> keys = Optional.empty();

    private record Stored(List<OfTable> tables) {}

    private record OfTable(String database, String table, List<TableKey> keys) {}

    /** Takes those that a checkpoint had. */
    synchronized void restore(MySqlBinlogSplit split) {
        String stored = split.getStartingOffset().getOffset().get(UNIQUE);
        try {
            keys =
                    stored == null
                            ? Optional.empty()
                            : Optional.of(
                                    StoredJson.fromText(stored, Stored.class).tables().stream()
                                            .collect(
                                                    Collectors.toUnmodifiableMap(
                                                            t ->
                                                                    new TableId(
                                                                            t.database(),
                                                                            t.table()),
                                                            OfTable::keys)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes those that there are at the next event. */
    synchronized void are(Map<TableId, List<TableKey>> now) {
        keys = Optional.of(Map.copyOf(now));
    }

    /** Returns those that there are; empty if no checkpoint has told of them. */
    synchronized Optional<Map<TableId, List<TableKey>>> keys() {
        return keys;
    }

    /** Returns the split as a checkpoint is to have it. */
    synchronized MySqlBinlogSplit noted(MySqlBinlogSplit split) {
        if (keys.isEmpty()) {
            return split;
        }
        Map<String, String> offset = new HashMap<>(split.getStartingOffset().getOffset());
        List<OfTable> tables =
                keys.get().entrySet().stream()
                        .map(
                                e ->
                                        new OfTable(
                                                e.getKey().database(),
                                                e.getKey().table(),
                                                e.getValue()))
                        .toList();
        offset.put(UNIQUE, StoredJson.toText(new Stored(tables)));
        return Splits.with(split, offset, split.getTableSchemas());
    }
}
