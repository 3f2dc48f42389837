package io.iotdbmigrate.mysql;

import com.mysql.cj.NativeSession;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.NativeProtocol;
import com.mysql.cj.result.Field;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, one by one as they arrive, however many there are. The driver reads them;
 * the values are then taken from the packet itself instead of its {@link ResultSet}, which makes an
 * array and holds a lock for every single one (measured: a third of what reading takes). The
 * connection can do nothing else until the last row was read. Not thread-safe.
 */
public final class RowStream implements AutoCloseable {
    private final PreparedStatement select;
    private final ResultSet result;
    private final ResultsetRows rows;
    private final NativeProtocol protocol;
    private final RowDecoder decoder;

    private RowStream(PreparedStatement select, NativeProtocol protocol, List<Column> columns)
            throws SQLException {
        this.select = select;
        this.protocol = protocol;
        this.decoder = new RowDecoder(columns);
        this.result = select.executeQuery();
        this.rows = result.unwrap(Resultset.class).getRows();
        requireTypes(columns, rows.getMetadata().getFields());
    }

    /**
     * Sends the query.
     *
     * @param connection of Connector/J
     * @param columns of the select list, in its order
     * @throws SQLException if it fails
     * @throws UserException exit code 4, if a column is no longer of its type
     */
    public static RowStream open(Connection connection, String sql, List<Column> columns)
            throws SQLException {
        NativeSession session =
                (NativeSession) connection.unwrap(JdbcConnection.class).getSession();
        PreparedStatement select =
                connection.prepareStatement(
                        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            // Connector/J's sign for streaming the rows instead of holding them all.
            select.setFetchSize(Integer.MIN_VALUE);
            return new RowStream(select, session.getProtocol(), columns);
        } catch (SQLException | UserException e) {
            select.close();
            throw e;
        }
    }

    private static void requireTypes(List<Column> columns, Field[] fields) {
        for (int i = 0; i < fields.length; i++) {
            Column column = columns.get(i);
            if (!ProtocolType.matches(column.type(), fields[i])) {
                throw new UserException(
                        ExitCode.MYSQL,
                        String.format(
                                "column %s of %s is %s now and was %s when this began: the table"
                                        + " was altered; start again",
                                column.name(),
                                fields[i].getOriginalTableName(),
                                fields[i].getMysqlType().getName(),
                                column.type()));
            }
        }
    }

    /** Returns the next row, null after the last; its values as {@link RowDecoder} says. */
    public @Nullable Object @Nullable [] next() throws SQLException {
        if (!advance()) {
            return null;
        }
        NativePacketPayload packet = packet();
        return decoder.decode(packet.getByteBuffer(), 0, packet.getPayloadLength());
    }

    /** Appends the next row undecoded; false after the last. */
    public boolean next(RowPackets to) throws SQLException {
        if (!advance()) {
            return false;
        }
        NativePacketPayload packet = packet();
        to.add(packet.getByteBuffer(), packet.getPayloadLength());
        return true;
    }

    private boolean advance() throws SQLException {
        try {
            return rows.next() != null;
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        }
    }

    /** Returns where the driver keeps the one row of a stream, until the next is read. */
    private NativePacketPayload packet() {
        return protocol.getReusablePacket();
    }

    /** Reads what is left of the rows first. */
    @Override
    public void close() throws SQLException {
        try (select) {
            result.close();
        }
    }
}
