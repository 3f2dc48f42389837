package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.BackfillSpec.Table;
import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.mysql.RowDecoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a chunk of MySQL as the mapping makes them, in the order of the key. */
final class MappedRows {
    private MappedRows() {}

    /** Takes rows one by one. */
    @FunctionalInterface
    interface Sink {

        /**
         * @param number of the row in its chunk, from 1; those that cannot be mapped have one, too
         */
        void accept(TargetRow row, long number);
    }

    static void each(Connection connection, Table table, Chunk chunk, Sink sink)
            throws SQLException {
        RowDecoder decoder = new RowDecoder(table.mapping().columns());
        RowMapper mapper = new RowMapper(table.mapping());
        try (PreparedStatement select =
                connection.prepareStatement(
                        table.sql().select(table.mapping(), chunk),
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            // Connector/J's sign for streaming the rows instead of holding them all.
            select.setFetchSize(Integer.MIN_VALUE);
            long number = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    number++;
                    if (mapper.map(decoder.decode(rows)) instanceof RowMapper.Mapped mapped) {
                        sink.accept(mapped.row(), number);
                    }
                }
            }
        }
    }
}
