package io.iotdbmigrate.flink.source.binlog;

import io.debezium.connector.mysql.MySqlConnection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The server's character sets. */
final class Charsets {
    private Charsets() {}

    /** Names by the numbers of their collations, which the binlog has. */
    static Map<Integer, String> byCollation(MySqlConnection connection) {
        String sql = "SELECT id, character_set_name FROM information_schema.collations";
        try {
            return connection.queryAndMap(
                    sql,
                    rows -> {
                        Map<Integer, String> names = new HashMap<>();
                        while (rows.next()) {
                            names.put(rows.getInt(1), rows.getString(2));
                        }
                        return names;
                    });
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL does not list its collations", e);
        }
    }
}
