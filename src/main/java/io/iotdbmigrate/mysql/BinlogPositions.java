package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where MySQL's binlog stands. */
public final class BinlogPositions {
    private static final int SYNTAX_ERROR = 1064;

    private BinlogPositions() {}

    /** The position after the last committed transaction; empty if the server writes no binlog. */
    public static Optional<BinlogPosition> current(Connection connection) throws SQLException {
        try {
            return query(connection, "SHOW BINARY LOG STATUS");
        } catch (SQLException e) {
            if (e.getErrorCode() != SYNTAX_ERROR) {
                throw e;
            }
            return query(connection, "SHOW MASTER STATUS");
        }
    }

    private static Optional<BinlogPosition> query(Connection connection, String sql)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return Optional.empty();
            }
            String gtids = row.getString("Executed_Gtid_Set");
            return Optional.of(
                    new BinlogPosition(
                            row.getString("File"),
                            row.getLong("Position"),
                            gtids == null ? "" : gtids.replace("\n", "")));
        }
    }

    /** How tables are defined now, by {@code database.table}. */
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
