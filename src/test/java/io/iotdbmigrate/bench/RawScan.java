package io.iotdbmigrate.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/**
 * Reads the table once with Connector/J as fast as it goes on one connection, every value by its
 * natural getter. Prints the seconds from connecting to the last row. Arguments: those of {@link
 * Readings}, whether to use TLS.
 */
public final class RawScan {
    private RawScan() {}

    public static void main(String[] args) throws SQLException {
        Readings readings = Readings.of(args);
        boolean tls = Boolean.parseBoolean(args[2]);
        RawRows rows = new RawRows();
        try (Connection connection = BenchMysql.open(tls);
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT " + Readings.COLUMNS + " FROM " + readings.table())) {
            query.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(digest(row));
                }
            }
        }
        rows.print();
    }

    /** Uses every value, so that none can be left out. */
    private static long digest(ResultSet row) throws SQLException {
        return row.getLong(1)
                + row.getInt(2)
                + row.getObject(3, LocalDateTime.class).getSecond()
                + Double.doubleToRawLongBits(row.getDouble(4))
                + Float.floatToRawIntBits(row.getFloat(5))
                + row.getLong(6)
                + row.getInt(7)
                + (row.getBoolean(8) ? 1 : 0)
                + row.getString(9).length();
    }
}
