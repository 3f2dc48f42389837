package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;

/**
 * The foreign keys that are known at the place where the job reads: MySQL may have dropped some
 * since. A checkpoint has them with the place in the binlog. Thread-safe.
 */
final class KeptKeys {
    private static final String KEYS = "iotdb_migrate_keys";

    private boolean known;
    private List<CascadingKeys.Key> keys = List.of();

    private record Stored(List<CascadingKeys.Key> keys) {}

    /** Takes those that a checkpoint had. */
    synchronized void restore(MySqlBinlogSplit split) {
        String stored = split.getStartingOffset().getOffset().get(KEYS);
        known = stored != null;
        try {
            keys = known ? StoredJson.fromText(stored, Stored.class).keys() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes those that there are at an event that is handed on. */
    synchronized void are(Collection<CascadingKeys.Key> now) {
        known = true;
        keys = List.copyOf(now);
    }

    /** Returns those that there are; empty if no checkpoint has told of them. */
    synchronized Optional<List<CascadingKeys.Key>> keys() {
        return known ? Optional.of(keys) : Optional.empty();
    }

    /** Returns the split as a checkpoint is to have it. */
    synchronized MySqlBinlogSplit noted(MySqlBinlogSplit split) {
        Map<String, String> offset = new HashMap<>(split.getStartingOffset().getOffset());
        offset.put(KEYS, StoredJson.toText(new Stored(keys)));
        return known ? Splits.with(split, offset, split.getTableSchemas()) : split;
    }
}
