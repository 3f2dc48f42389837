package io.iotdbmigrate.bench;

import io.iotdbmigrate.testkit.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** MySQL as the benchmarks use it: the driver alone, nothing of this program. */
final class BenchMysql {
    static final String DATABASE = "bench";

    /** Rows made by one statement; keeps its undo log and sort small however large the table. */
    private static final long SLICE = 1_000_000;

    private BenchMysql() {}

    /** A connection with the binary protocol. */
    static Connection open(boolean tls) throws SQLException {
        Servers servers = Servers.get();
        return DriverManager.getConnection(url(tls), servers.mysqlUser(), servers.mysqlPassword());
    }

    /** For the binary protocol. */
    static String url(boolean tls) {
        Servers servers = Servers.get();
        return "jdbc:mysql://%s:%d/%s?useServerPrepStmts=true&allowPublicKeyRetrieval=true&createDatabaseIfNotExist=true&sslMode=%s"
                .formatted(
                        servers.mysqlHost(),
                        servers.mysqlPort(),
                        DATABASE,
                        tls ? "REQUIRED" : "DISABLED");
    }

    /** Makes and fills the table, and reads it once so that all who are measured find it warm. */
    static void create(Readings readings) throws SQLException {
        try (Connection connection = open(false);
                Statement sql = connection.createStatement()) {
            sql.execute("SET sql_log_bin = 0, cte_max_recursion_depth = " + (SLICE + 1));
            sql.execute("DROP TABLE IF EXISTS " + readings.table());
            sql.execute(
                    """
                    CREATE TABLE %s (
                      id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                      device_id INT NOT NULL,
                      ts DATETIME(3) NOT NULL,
                      temperature DOUBLE,
                      humidity FLOAT,
                      cycles BIGINT,
                      state INT,
                      ok TINYINT(1),
                      note VARCHAR(16))
                    """
                            .formatted(readings.table()));
            for (long from = 0; from < readings.rows(); from += SLICE) {
                sql.execute(insert(readings, from, Math.min(from + SLICE, readings.rows())));
            }
            sql.execute("ANALYZE TABLE " + readings.table());
            sql.execute("SELECT COUNT(*), SUM(cycles) FROM " + readings.table());
        }
    }

    private static String insert(Readings readings, long from, long to) {
        return String.format(
                Locale.ROOT,
                """
                INSERT INTO %1$s (device_id, ts, temperature, humidity, cycles, state, ok, note)
                WITH RECURSIVE numbers (n) AS
                  (SELECT %3$d UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %4$d)
                SELECT n %% %2$d, TIMESTAMPADD(SECOND, n DIV %2$d, '2024-01-01'),
                  20 + SIN(n) * 10, RAND(n) * 100, n * 3, n %% 17, n %% 2, CONCAT('n', n %% 100)
                FROM numbers ORDER BY n
                """,
                readings.table(),
                readings.devices(),
                from,
                to);
    }

    static void drop(Readings readings) throws SQLException {
        try (Connection connection = open(false);
                Statement sql = connection.createStatement()) {
            sql.execute("DROP TABLE " + readings.table());
        }
    }

    static String version() throws SQLException {
        try (Connection connection = open(false);
                Statement sql = connection.createStatement();
                ResultSet version = sql.executeQuery("SELECT VERSION()")) {
            version.next();
            return version.getString(1);
        }
    }
}
