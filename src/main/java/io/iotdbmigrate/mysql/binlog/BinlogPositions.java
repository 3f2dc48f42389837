package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.GtidTags;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a server's binlog stands. */
public final class BinlogPositions {
    private BinlogPositions() {}

    /**
     * Returns the position after the last committed transaction; empty if the server writes no
     * binlog.
     */
    public static Optional<BinlogPosition> current(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(dialect.binlogStatus())) {
            if (!row.next()) {
                return Optional.empty();
            }
            String file = row.getString("File");
            long offset = row.getLong("Position");
            String gtids = dialect.hasGtidSets() ? row.getString("Executed_Gtid_Set") : null;
            return Optional.of(
                    new BinlogPosition(
                            file,
                            offset,
                            gtids == null || GtidTags.in(gtids) || !numbersTransactions(connection)
                                    ? ""
                                    : gtids.replace("\n", ""),
                            server(connection)));
        }
    }

    /**
     * Tells whether positions have GTIDs: the set of former GTIDs stays where they were switched
     * off.
     */
    private static boolean numbersTransactions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_mode")) {
            return row.next() && row.getString(1).equals("ON");
        }
    }

    /** Returns what tells the server from all others, also from one that takes its address. */
    public static String server(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Dialect.of(connection).identity())) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns how tables are defined now, by {@code database.table}. */
    public static Map<String, String> createTables(Connection connection, List<TableId> tables)
            throws SQLException {
        Map<String, String> definitions = new LinkedHashMap<>();
        for (TableId table : tables) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table.quoted())) {
                row.next();
                definitions.put(table.database() + "." + table.table(), row.getString(2));
            }
        }
        return definitions;
    }
}
