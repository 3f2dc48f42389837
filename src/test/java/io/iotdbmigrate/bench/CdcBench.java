package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/** Lets {@code cdc} follow statements, each from its commit until all of it is visible in IoTDB. */
final class CdcBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));
    private static final String RAW_HEAP = "768m";
    private static final String SUPPLY = "supply";
    private static final long WARM_UP_ROWS = 200_000;
    private static final int WARM_UP_PURGES = 5;
    private static final long PURGED_ROWS = 200_000;
    private static final int STATEMENTS_PER_SECOND = 500;
    private static final int SAMPLES = 100;
    private static final long SAMPLE_PAUSE_NANOS = 100_000_000;
    private static final long POLL_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = 600_000_000_000L;

    /** What {@link BenchMysql} begins with. */
    private static final long START_SECONDS = 1_704_067_200L;

    private final Tool tool;
    private final PrintWriter progress;

    CdcBench(Tool tool, PrintWriter progress) {
        this.tool = tool;
        this.progress = progress;
    }

    /** What was measured; seconds of latency are from commit to visible. */
    record Figures(
            double rawPerSecond,
            double insertsPerSecond,
            double updatesPerSecond,
            long deletes,
            double deletesPerSecond,
            double latencyMedianSeconds,
            double latencyLongestSeconds) {

        /** Returns the median of each figure. */
        static Figures median(List<Figures> all) {
            return new Figures(
                    median(all, Figures::rawPerSecond),
                    median(all, Figures::insertsPerSecond),
                    median(all, Figures::updatesPerSecond),
                    all.get(0).deletes(),
                    median(all, Figures::deletesPerSecond),
                    median(all, Figures::latencyMedianSeconds),
                    median(all, Figures::latencyLongestSeconds));
        }

        private static double median(List<Figures> all, ToDoubleFunction<Figures> value) {
            return Medians.of(all.stream().mapToDouble(value));
        }
    }

    Figures run(Readings readings) throws Exception {
        say("making %,d rows", readings.rows());
        BenchMysql.create(readings);
        // A DataNode that has just started takes three times as long, see TableBench.
        TableBench.backfill(readings, TableBench.WARM_UP, false);
        execute(
                "DROP TABLE IF EXISTS " + SUPPLY,
                "RENAME TABLE " + readings.table() + " TO " + SUPPLY,
                "CREATE TABLE " + readings.table() + " LIKE " + SUPPLY,
                "ALTER TABLE " + readings.table() + " ADD UNIQUE KEY point (device_id, ts)");
        BenchIotdb.dropDatabases();
        Path folder = Files.createTempDirectory(SERVERS, "cdc-");
        Path config = folder.resolve("migration.yml");
        Files.writeString(config, TableBench.config(readings), UTF_8);
        Path state = folder.resolve("state");
        List<String> place =
                List.of("--config", config.toString(), "--state-dir", state.toString());
        MeasuredProcess.run(
                "cdc-backfill",
                tool.command(
                        "backfill",
                        place.get(0),
                        place.get(1),
                        place.get(2),
                        place.get(3),
                        "--output",
                        "json"));
        try (Following cdc = Following.start(tool, "cdc", place, state);
                Copy copy = Copy.open(readings)) {
            return measure(readings, config, copy);
        } finally {
            BenchIotdb.dropDatabases();
            execute("DROP TABLE " + SUPPLY);
            BenchMysql.drop(readings);
            TableBench.delete(folder);
        }
    }

    private Figures measure(Readings readings, Path config, Copy copy) throws Exception {
        String table = readings.table();
        long rows = readings.rows();
        long alike = Math.min(WARM_UP_ROWS, rows) / readings.devices() * readings.devices();
        warmUp(new Readings(alike, readings.devices(), readings.model()), copy);
        String[] position = position();
        double inserts = apply("inserts", copy, insert(table, "TRUE"), Count.all(readings, 0));
        double updates = apply("updates", copy, update(table), Count.updated(readings));
        long purgedSeconds = Math.min(PURGED_ROWS, rows / 2) / readings.devices();
        long purged = purgedSeconds * readings.devices();
        double deletes =
                apply(
                        "purge",
                        copy,
                        purge(table, purgedSeconds),
                        Count.all(readings, purgedSeconds));
        double[] latency = latency(readings, copy);
        double raw = raw(config, position, rows);
        return new Figures(
                raw,
                rows / inserts,
                rows / updates,
                purged,
                purged / deletes,
                latency[latency.length / 2],
                latency[latency.length - 1]);
    }

    /**
     * Has rows inserted, updated and deleted again. A DataNode that has just started is busy
     * compiling, a quarter of this machine for the next million rows, and takes several times as
     * long for its first questions and deletions.
     */
    private void warmUp(Readings rows, Copy copy) throws Exception {
        String table = rows.table();
        apply("warm-up", copy, insert(table, "id <= " + rows.rows()), Count.all(rows, 0));
        apply("warm-up", copy, update(table), Count.updated(rows));
        long seconds = rows.rowsOf(0);
        for (int part = 1; part <= WARM_UP_PURGES; part++) {
            long gone = seconds * part / WARM_UP_PURGES;
            apply("warm-up", copy, purge(table, gone), Count.all(rows, gone));
        }
    }

    private static String update(String table) {
        return "UPDATE " + table + " SET temperature = temperature + 1000";
    }

    private static String purge(String table, long seconds) {
        return "DELETE FROM %s WHERE ts < '2024-01-01' + INTERVAL %d SECOND"
                .formatted(table, seconds);
    }

    private static String insert(String table, String which) {
        return "INSERT INTO " + table + " SELECT * FROM " + SUPPLY + " WHERE " + which;
    }

    /**
     * What IoTDB counts once a statement is applied.
     *
     * @param ofLast of the device that the last row belongs to
     */
    private record Count(String column, String condition, int last, long ofLast, long of) {

        /** All rows, but so many of each device. */
        static Count all(Readings readings, long goneOfEach) {
            return new Count(
                    "cycles",
                    "",
                    last(readings),
                    readings.rowsOf(last(readings)) - goneOfEach,
                    readings.rows() - goneOfEach * readings.devices());
        }

        static Count updated(Readings readings) {
            return new Count(
                    "temperature",
                    "temperature > 500",
                    last(readings),
                    readings.rowsOf(last(readings)),
                    readings.rows());
        }

        private static int last(Readings readings) {
            return (int) ((readings.rows() - 1) % readings.devices());
        }

        boolean isThereOfLast(Copy copy) throws Exception {
            return copy.count(column, condition, last) == ofLast;
        }

        boolean isThere(Copy copy) throws Exception {
            return copy.count(column, condition) == of;
        }
    }

    /**
     * The seconds from the commit of a statement until all of it is visible. All are counted only
     * once the last device is complete, and four fifths of the time nothing is asked: counting
     * takes the server what it needs for writing.
     */
    private double apply(String what, Copy copy, String sql, Count count) throws Exception {
        execute(sql);
        long committed = System.nanoTime();
        long asked = committed;
        while (!count.isThereOfLast(copy) || !count.isThere(copy)) {
            long took = System.nanoTime() - asked;
            pause(Math.max(POLL_NANOS * 20, 4 * took), committed, what);
            asked = System.nanoTime();
        }
        double seconds = (System.nanoTime() - committed) / 1e9;
        say("%s: %.2f s from commit to visible", what, seconds);
        return seconds;
    }

    private static void pause(long nanos, long since, String what) {
        if (System.nanoTime() - since > PATIENCE_NANOS) {
            throw new IllegalStateException(what + " did not arrive in IoTDB");
        }
        LockSupport.parkNanos(nanos);
    }

    /** Sorted seconds of single rows, while an application writes others. */
    private double[] latency(Readings readings, Copy copy) throws Exception {
        double[] seconds = new double[SAMPLES];
        try (Load load = Load.start(readings, STATEMENTS_PER_SECOND);
                Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement()) {
            for (int i = 0; i < SAMPLES; i++) {
                // Before the first row, so that none is there yet.
                long second = START_SECONDS - 1 - i;
                sql.execute(
                        "INSERT INTO %s (device_id, ts, cycles) VALUES (0, '2024-01-01' - INTERVAL %d SECOND, %d)"
                                .formatted(readings.table(), i + 1, i));
                long committed = System.nanoTime();
                String condition = "time = " + second * 1000;
                while (copy.count("cycles", condition, 0) == 0) {
                    pause(POLL_NANOS, committed, "a single row");
                }
                seconds[i] = (System.nanoTime() - committed) / 1e9;
                LockSupport.parkNanos(SAMPLE_PAUSE_NANOS);
            }
            say("%,d statements were written meanwhile", load.statements());
        }
        Arrays.sort(seconds);
        return seconds;
    }

    private double raw(Path config, String[] position, long events)
            throws IOException, InterruptedException {
        MeasuredProcess raw =
                MeasuredProcess.run(
                        "cdc-raw",
                        MeasuredProcess.java(
                                RAW_HEAP,
                                RawBinlog.class,
                                config.toString(),
                                position[0],
                                position[1],
                                position[2],
                                Long.toString(events)));
        double perSecond = raw.report().path("events_per_second").asDouble();
        say("raw: %,.0f events/s", perSecond);
        return perSecond;
    }

    /** File, offset and GTID set. */
    private static String[] position() throws SQLException {
        try (Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SHOW MASTER STATUS")) {
            row.next();
            return new String[] {
                row.getString(1),
                row.getString(2),
                row.getString("Executed_Gtid_Set").replace("\n", "")
            };
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement()) {
            for (String each : statements) {
                sql.execute(each);
            }
        }
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
