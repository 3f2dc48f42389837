package io.iotdbmigrate.flink.cdc.held;

import io.iotdbmigrate.journal.StoredJson;
import io.iotdbmigrate.model.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a statement did to whole tables, as a mark of the binlog carries it.
 *
 * @param created tables that have no row but those behind it
 * @param emptied tables that lost all their rows, and IoTDB is to lose them, too
 * @param renamed in the order in which the statement did it
 * @param statement its text
 * @param drops whether the emptied tables are gone: if not, they were truncated
 */
public record TableNews(
        List<TableId> created,
        List<TableId> emptied,
        List<Renamed> renamed,
        String statement,
        boolean drops) {
    /** A table that got another name. */
    public record Renamed(TableId from, TableId to) {}

    public TableNews {
        created = List.copyOf(created);
        emptied = List.copyOf(emptied);
        renamed = List.copyOf(renamed);
    }

    /** Returns the text that a mark carries. */
    public String toText() {
        return StoredJson.toText(this);
    }

    /** Reads the text that a mark carries. */
    public static TableNews of(String text) {
        try {
            return StoredJson.fromText(text, TableNews.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
