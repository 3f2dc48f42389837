package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The partitions of a table that a statement names.
 *
 * @param names in lower case; empty: all of them
 * @param statement its text
 */
public record PartitionNames(String database, String table, List<String> names, String statement) {
    public PartitionNames {
        names = List.copyOf(names);
    }

    TableId id() {
        return new TableId(database, table);
    }

    /** Returns the text that a mark carries. */
    public String toText() {
        return StoredJson.toText(this);
    }

    /** Reads the text that a mark carries. */
    static PartitionNames of(BinlogMark mark) {
        try {
            return StoredJson.fromText(mark.name(), PartitionNames.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
