package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.RowStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a chunk of MySQL as the mapping makes them, in the order of the key. */
final class MappedRows {
    private MappedRows() {}

    /** A sink that takes rows one by one. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param number of the row in its chunk, from 1; those that cannot be mapped have one, too
         */
        void accept(TargetRow row, long number);
    }

    static void each(Connection connection, Table table, Chunk chunk, Sink sink)
            throws SQLException {
        RowMapper mapper = new RowMapper(table.mapping());
        try (RowStream rows =
                RowStream.open(
                        connection,
                        table.sql().select(table.mapping(), chunk),
                        table.mapping().columns())) {
            long number = 0;
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                number++;
                if (mapper.map(row) instanceof RowMapper.Mapped mapped) {
                    sink.accept(mapped.row(), number);
                }
            }
        }
    }
}
