package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.RowMapper;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.RowDecoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The times of a table whose time is a text: MySQL sends each once, and the mapping reads them.
 *
 * @param unread rows whose text is no time
 * @param example of such a text, null if there is none
 * @param oldest time in IoTDB's unit; the largest number if there is none
 * @param newest time; the smallest number if there is none
 */
record TextTimes(long unread, @Nullable String example, long oldest, long newest) {

    /**
     * Reads them.
     *
     * @param source of a query, as SQL
     */
    static TextTimes read(Connection connection, TableMapping mapping, String source)
            throws SQLException {
        RowMapper mapper = new RowMapper(mapping);
        RowDecoder decoder = new RowDecoder(mapping.timeColumns());
        Object[] row = new Object[mapping.columns().size()];
        int at = mapping.time().columns().get(0);
        long unread = 0;
        String example = null;
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        String text = new TimeSql(mapping).bytes();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT " + text + ", COUNT(*) FROM " + source + " GROUP BY 1",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    row[at] = decoder.decode(rows)[0];
                    OptionalLong time = mapper.timeOf(row);
                    if (time.isPresent()) {
                        oldest = Math.min(oldest, time.getAsLong());
                        newest = Math.max(newest, time.getAsLong());
                    } else if (row[at] != null) {
                        unread += rows.getLong(2);
                        example = (String) row[at];
                    }
                }
            }
        }
        return new TextTimes(unread, example, oldest, newest);
    }
}
