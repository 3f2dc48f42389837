package io.iotdbmigrate.mysql.gate;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.WriteGate.OpenWriter;
import io.iotdbmigrate.cutover.WriterList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with a transaction that has changed rows, or a statement that is about to. Needs the
 * PROCESS privilege to see those of other users.
 */
public final class OpenWriters implements WriterList {
    private static final Pattern WRITES =
            Pattern.compile(
                    "(?is)\\s*(?:/\\*.*?\\*/\\s*)*"
                            + "(?:insert|update|delete|replace|load|truncate|alter|drop|create|call)\\b.*");
    private static final int LONGEST_STATEMENT = 80;

    private final GateConnections connections;

    public OpenWriters(MySqlConfig config, String migration) {
        this.connections = new GateConnections(config, migration);
    }

    @Override
    public List<OpenWriter> now() throws SQLException {
        try (Connection connection = connections.open()) {
            Map<Long, Long> changedRows = changedRows(connection);
            List<OpenWriter> open = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW FULL PROCESSLIST")) {
                while (row.next()) {
                    long id = row.getLong("Id");
                    String doing = doing(row.getString("Info"), changedRows.get(id));
                    if (!doing.isEmpty()) {
                        open.add(
                                new OpenWriter(
                                        id, row.getString("User"), row.getString("Host"), doing));
                    }
                }
            }
            return open;
        }
    }

    private static Map<Long, Long> changedRows(Connection connection) throws SQLException {
        String sql =
                "SELECT trx_mysql_thread_id, trx_rows_modified FROM information_schema.innodb_trx"
                        + " WHERE trx_rows_modified > 0";
        Map<Long, Long> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.put(row.getLong(1), row.getLong(2));
            }
        }
        return rows;
    }

    private static String doing(@Nullable String sql, @Nullable Long changed) {
        if (changed != null) {
            return "an open transaction has changed " + changed + (changed == 1 ? " row" : " rows");
        }
        if (sql == null || !WRITES.matcher(sql).matches()) {
            return "";
        }
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_STATEMENT
                ? line
                : line.substring(0, LONGEST_STATEMENT) + "...";
    }
}
