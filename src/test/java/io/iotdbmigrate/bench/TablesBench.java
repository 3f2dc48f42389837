package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.testkit.Servers;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iotdb.isession.SessionDataSet;
import org.apache.iotdb.session.Session;

/** Measures the commands for many tables of one shape, and for one table with the same rows. */
final class TablesBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));
    private static final String PATH = "root.bench_tables";
    private static final long ARRIVAL_MILLIS = 300_000;
    private static final long POLL_MILLIS = 50;
    private static final String CDC = "cdc start";

    private final int tables;
    private final long rows;
    private final PrintWriter progress;

    TablesBench(int tables, long rows, PrintWriter progress) {
        this.tables = tables;
        this.rows = rows;
        this.progress = progress;
    }

    /**
     * A command.
     *
     * @param ofOne seconds for the one table
     * @param ofMany seconds for all tables
     */
    record Step(String command, double ofOne, double ofMany) {}

    /** Runs all commands; the first time is for the servers to get warm. */
    List<Step> run() throws Exception {
        create();
        measure("warm-up", "one");
        Map<String, Double> one = measure("one", "one");
        Map<String, Double> many = measure("many", "many_(\\d{4})");
        List<Step> steps = new ArrayList<>();
        one.forEach((command, seconds) -> steps.add(new Step(command, seconds, many.get(command))));
        return steps;
    }

    private void create() throws Exception {
        long each = Math.max(1, rows / tables);
        say("making %d tables of %d rows", tables, each);
        try (Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement()) {
            sql.execute("SET sql_log_bin = 0, cte_max_recursion_depth = " + (each + 1));
            sql.execute(
                    "CREATE TABLE one (item INT NOT NULL, time TIMESTAMP(3) NOT NULL, value DOUBLE,"
                            + " PRIMARY KEY (item, time))");
            for (int i = 0; i < tables; i++) {
                String many = "many_%04d".formatted(i);
                sql.execute(
                        "CREATE TABLE "
                                + many
                                + " (time TIMESTAMP(3) NOT NULL PRIMARY KEY, value DOUBLE)");
                sql.execute(
                        "INSERT INTO "
                                + many
                                + " WITH RECURSIVE r (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r"
                                + " WHERE n + 1 < "
                                + each
                                + ") SELECT FROM_UNIXTIME(1700000000 + n), n / 8 FROM r");
                sql.execute("INSERT INTO one SELECT " + i + ", time, value FROM " + many);
            }
        }
    }

    private Map<String, Double> measure(String round, String pattern) throws Exception {
        BenchIotdb.dropDatabases();
        boolean one = pattern.equals("one");
        Path folder = Files.createTempDirectory(SERVERS, "tables-");
        Path config = Files.writeString(folder.resolve("m.yml"), config(pattern, one), UTF_8);
        Path state = folder.resolve("state");
        List<String> place =
                List.of("--config", config.toString(), "--state-dir", state.toString());
        Map<String, Double> seconds = new LinkedHashMap<>();
        try {
            seconds.put("check", tool(round, "check", place.subList(0, 2)));
            seconds.put("backfill", tool(round, "backfill", place));
            seconds.put("verify", tool(round, "verify", place));
            seconds.put(CDC, cdc(round, place, state, one));
        } finally {
            TableBench.delete(folder);
        }
        return seconds;
    }

    private double tool(String round, String command, List<String> place) throws Exception {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(place);
        MeasuredProcess process =
                MeasuredProcess.run(
                        "tables-" + round + "-" + command,
                        Tool.BUILT.command(args.toArray(String[]::new)));
        say("%s: %s, %.1f s", round, command, process.seconds());
        return process.seconds();
    }

    /** From the start of the process until a change is in IoTDB. */
    private double cdc(String round, List<String> place, Path state, boolean one) throws Exception {
        String device = PATH + ".d" + (one ? "0" : "0000");
        long start = System.nanoTime();
        try (Following ignored = Following.start(Tool.BUILT, "tables-" + round, place, state);
                Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement();
                Session session = BenchIotdb.open()) {
            sql.execute(
                    one
                            ? "REPLACE INTO one VALUES (0, FROM_UNIXTIME(1800000000), 1)"
                            : "REPLACE INTO many_0000 VALUES (FROM_UNIXTIME(1800000000), 1)");
            long end = System.currentTimeMillis() + ARRIVAL_MILLIS;
            while (!arrived(session, device)) {
                if (System.currentTimeMillis() > end) {
                    throw new IllegalStateException("the change did not arrive");
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        say("%s: %s, %.1f s", round, CDC, seconds);
        return seconds;
    }

    private static boolean arrived(Session session, String device) throws Exception {
        try (SessionDataSet found =
                session.executeQueryStatement(
                        "SELECT value FROM " + device + " WHERE time >= 1800000000000")) {
            return found.hasNext();
        }
    }

    private static String config(String pattern, boolean one) {
        Servers servers = Servers.get();
        return """
                name: bench_tables
                connections:
                  mysql: {host: %s, port: %d, user: "${env:MYSQL_USER}", password: "${env:MYSQL_PASSWORD}", database: %s, tls: {mode: disabled}}
                  iotdb: {host: %s, port: %d, user: "${env:IOTDB_USER}", password: "${env:IOTDB_PASSWORD}"}
                flink: {checkpoint_interval: 1s}
                iotdb:
                  storage_groups: [%s]
                  mappings:
                    - %s: '%s'
                      timestamp_field: time
                      device_template: %s.d{%s}
                      measurements: [{name: value}]
                """
                .formatted(
                        servers.mysqlHost(),
                        servers.mysqlPort(),
                        BenchMysql.DATABASE,
                        servers.iotdbHost(),
                        servers.iotdbPort(),
                        PATH,
                        one ? "table" : "tables",
                        pattern,
                        PATH,
                        one ? "item" : "1");
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
