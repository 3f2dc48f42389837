package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Values of a foreign key whose rows MySQL has changed without logging them.
 *
 * @param table the child
 * @param columns its columns that are the key, in lower case
 * @param values of these columns, which rows of the parent have or had, see {@link
 *     io.iotdbmigrate.mysql.rows.KeyValues}
 */
public record CascadedKeys(
        String database, String table, List<String> columns, List<List<String>> values) {
    public CascadedKeys {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }

    /** All that one event has led to, as a mark carries it. */
    private record Event(List<CascadedKeys> keys) {}

    boolean isOf(TableMapping mapping) {
        return mapping.table().equals(new TableId(database, table));
    }

    /** Returns the text that a mark carries. */
    public static String toText(List<CascadedKeys> keys) {
        return StoredJson.toText(new Event(keys));
    }

    /** Reads the text that a mark carries. */
    static List<CascadedKeys> of(BinlogMark mark) {
        try {
            return StoredJson.fromText(mark.name(), Event.class).keys();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
