package io.iotdbmigrate.mysql;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.result.Row;
import io.iotdbmigrate.model.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, decoded one by one as they arrive, however many there are. They are taken
 * from what the driver has read, past the locks and checks that its {@link ResultSet} has for every
 * single value (measured: a tenth of what reading takes). The connection can do nothing else until
 * the last row was read. Not thread-safe.
 */
public final class RowStream implements AutoCloseable {
    private final PreparedStatement select;
    private final ResultSet result;
    private final ResultsetRows rows;
    private final RowDecoder decoder;
    private long bytes;

    private RowStream(PreparedStatement select, RowDecoder decoder) throws SQLException {
        this.select = select;
        this.result = select.executeQuery();
        this.rows = result.unwrap(Resultset.class).getRows();
        this.decoder = decoder;
    }

    /**
     * Sends the query.
     *
     * @param connection of Connector/J
     * @param columns of the select list, in its order
     */
    public static RowStream open(Connection connection, String sql, List<Column> columns)
            throws SQLException {
        PreparedStatement select =
                connection.prepareStatement(
                        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            // Connector/J's sign for streaming the rows instead of holding them all.
            select.setFetchSize(Integer.MIN_VALUE);
            return new RowStream(select, new RowDecoder(columns));
        } catch (SQLException e) {
            select.close();
            throw e;
        }
    }

    /** The next row, null after the last; each value as {@link RowDecoder} says. */
    public @Nullable Object @Nullable [] next() throws SQLException {
        try {
            Row row = rows.next();
            return row == null ? null : decode(row);
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        }
    }

    private @Nullable Object[] decode(Row row) {
        Object[] values = new Object[decoder.columns()];
        for (int i = 0; i < values.length; i++) {
            byte[] value = row.getBytes(i);
            if (value != null) {
                values[i] = decoder.decode(i, value);
                bytes += value.length;
            }
        }
        return values;
    }

    /** Length of all values so far, as they came over the wire. */
    public long bytes() {
        return bytes;
    }

    /** Reads what is left of the rows first. */
    @Override
    public void close() throws SQLException {
        try (select) {
            result.close();
        }
    }
}
