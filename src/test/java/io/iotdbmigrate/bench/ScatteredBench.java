package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets {@code cdc} follow deletions, and updates of a value to null, of rows that lie here and
 * there in all devices.
 */
final class ScatteredBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));
    private static final int ROWS = 1_000;
    private static final long POLL_NANOS = 50_000_000;
    private static final long PATIENCE_NANOS = 600_000_000_000L;

    private ScatteredBench() {}

    /**
     * What was measured.
     *
     * @param deletes a second, from the commit until all are gone
     * @param nulls updates to null a second, likewise
     */
    record Rates(double deletes, double nulls) {}

    /**
     * Copies the table, which must exist, and follows the changes of a few statements.
     *
     * @param run a number of its own, for a row that is deleted once cannot be deleted again
     */
    static Rates measure(Tool tool, Readings readings, int run) throws Exception {
        BenchIotdb.dropDatabases();
        Path folder = Files.createTempDirectory(SERVERS, "scattered-");
        Path config = folder.resolve("migration.yml");
        Files.writeString(config, TableBench.config(readings), UTF_8);
        Path state = folder.resolve("state");
        List<String> place =
                List.of("--config", config.toString(), "--state-dir", state.toString());
        MeasuredProcess.run(
                "scattered-backfill",
                tool.command("backfill", "--config", place.get(1), "--state-dir", place.get(3)));
        try (Following cdc = Following.start(tool, "scattered", place, state);
                Copy copy = Copy.open(readings)) {
            String delete = "DELETE FROM " + readings.table();
            String update = "UPDATE " + readings.table() + " SET temperature = NULL";
            apply(delete + which(readings, 3 * run), readings, copy);
            return new Rates(
                    apply(delete + which(readings, 3 * run + 1), readings, copy),
                    apply(update + which(readings, 3 * run + 2), readings, copy));
        } finally {
            TableBench.delete(folder);
        }
    }

    private static String which(Readings readings, int part) {
        long parts = Math.max(1, readings.rows() / ROWS);
        return " WHERE CRC32(id) %% %d = %d".formatted(parts, part);
    }

    /** Returns how many rows a second were applied. */
    private static double apply(String sql, Readings readings, Copy copy) throws Exception {
        long changed;
        try (Connection connection = BenchMysql.open(false);
                Statement statement = connection.createStatement()) {
            changed = statement.executeUpdate(sql);
        }
        long committed = System.nanoTime();
        long left = standing(readings);
        while (copy.count("temperature", "") != left) {
            if (System.nanoTime() - committed > PATIENCE_NANOS) {
                throw new IllegalStateException(sql + " did not arrive in IoTDB");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return changed * 1e9 / (System.nanoTime() - committed);
    }

    private static long standing(Readings readings) throws SQLException {
        try (Connection connection = BenchMysql.open(false);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT COUNT(temperature) FROM " + readings.table())) {
            row.next();
            return row.getLong(1);
        }
    }
}
