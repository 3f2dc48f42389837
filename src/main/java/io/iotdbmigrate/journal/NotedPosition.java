package io.iotdbmigrate.journal;

import io.iotdbmigrate.model.BinlogPosition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A binlog position with what its rows are read by, as the journal has it.
 *
 * @param serverUuid null if it was not noted
 * @param createTable how the tables were defined at the position, by {@code database.table}
 * @param shapes of the mappings, by table
 * @param names where the names of look-ups are, see {@link NameJournal}; null if there are none
 * @param fileBegun when the file was begun, by the server's clock; null if it was not noted
 */
record NotedPosition(
        String file,
        long offset,
        String gtidSet,
        @Nullable String serverUuid,
        Map<String, String> createTable,
        Map<String, String> shapes,
        @Nullable String names,
        @Nullable Instant fileBegun) {
    NotedPosition {
        createTable = Map.copyOf(createTable);
        shapes = Map.copyOf(shapes);
    }

    static NotedPosition of(
            BinlogPosition position,
            Map<String, String> createTable,
            Map<String, String> shapes,
            @Nullable String names,
            @Nullable Instant fileBegun) {
        return new NotedPosition(
                position.file(),
                position.offset(),
                position.gtidSet(),
                position.server(),
                createTable,
                shapes,
                names,
                fileBegun);
    }

    BinlogPosition position() {
        return new BinlogPosition(file, offset, gtidSet, serverUuid);
    }
}
