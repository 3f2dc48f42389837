package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.testkit.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a plain scan of one table, what IoTDB needs alone, and the tool in turn, round after
 * round. What comes before is not counted: a DataNode that has just started takes three times as
 * long, for all of them, and goes on compiling for millions of rows.
 */
abstract class TableBench {
    private static final String SCAN_HEAP = "768m";
    static final String WARM_UP = "warm-up";

    /**
     * Rows after which the DataNode is warm for the tool, too. Alone it is measured in several
     * ways, so that it has seen the same rows three times a round.
     */
    private static final long WARM_UP_ROWS = 8_000_000;

    /** So many at most: what is measured with few rows is the start. */
    private static final int WARM_UP_RUNS = 5;

    /** The sandbox's folder; what an interrupted run leaves in it goes with it. */
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));

    private final BenchKind kind;
    private final int rounds;
    private final PrintWriter progress;

    TableBench(BenchKind kind, int rounds, PrintWriter progress) {
        this.kind = kind;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** All rounds over one table, which is made before and dropped after. */
    Measurements run(Readings readings) throws Exception {
        say("%s: making %,d rows", readings.table(), readings.rows());
        BenchMysql.create(readings);
        BenchIotdb.dropDatabases();
        prepare(readings);
        round(readings, WARM_UP);
        for (int runs = 1; runs < WARM_UP_RUNS && runs * readings.rows() < WARM_UP_ROWS; runs++) {
            measure(readings, WARM_UP, readings.table() + ", " + WARM_UP + ": ");
        }
        List<Measurements.Round> measured = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            measured.add(round(readings, "round " + round + " of " + rounds));
        }
        BenchMysql.drop(readings);
        BenchIotdb.dropDatabases();
        return new Measurements(readings, measured);
    }

    /** Before the first round. */
    abstract void prepare(Readings readings) throws Exception;

    /** Ways to have IoTDB do its part alone. */
    abstract Map<String, Iotdb> iotdb(Readings readings);

    /** The tool, with a config and a state folder of its own; its report has been looked at. */
    abstract MeasuredProcess tool(Readings readings, String round) throws Exception;

    /** A measurement of IoTDB alone. */
    @FunctionalInterface
    interface Iotdb {

        /** Measures once, in seconds. */
        double measure(String round) throws Exception;
    }

    private Measurements.Round round(Readings readings, String round) throws Exception {
        String prefix = "%s, %s: ".formatted(readings.table(), round);
        Map<String, Double> scans = new LinkedHashMap<>();
        for (boolean tls : new boolean[] {false, true}) {
            double seconds = scan(readings, tls, round);
            String label = tls ? "TLS" : "no TLS";
            say("%sscan, %s: %.2f s", prefix, label, seconds);
            scans.put(label, seconds);
        }
        Map<String, Double> alone = new LinkedHashMap<>();
        for (Map.Entry<String, Iotdb> way : iotdb(readings).entrySet()) {
            double seconds = way.getValue().measure(round);
            say("%s%s, %s: %.2f s", prefix, kind.iotdb(), way.getKey(), seconds);
            alone.put(way.getKey(), seconds);
        }
        Measurements.ToolRun tool = measure(readings, round, prefix);
        return new Measurements.Round(scans, alone, tool, tree(readings, round));
    }

    /** Measures the tree beside another model; null where the tree is what is measured. */
    private Measurements.@Nullable ToolRun tree(Readings readings, String round) throws Exception {
        if (readings.model() == BenchModel.TREE) {
            return null;
        }
        return measure(
                readings.in(BenchModel.TREE), round, readings.table() + ", " + round + ", tree: ");
    }

    private Measurements.ToolRun measure(Readings readings, String round, String prefix)
            throws Exception {
        MeasuredProcess process = tool(readings, round);
        Measurements.ToolRun run =
                new Measurements.ToolRun(
                        process.report().path("seconds").asDouble(),
                        process.seconds(),
                        process.peakRssKib());
        say(
                "%s%s: job %.2f s, process %.2f s, peak RSS %d MiB",
                prefix, kind.command(), run.jobSeconds(), run.processSeconds(), run.peakRssMib());
        return run;
    }

    private static double scan(Readings readings, boolean tls, String round) throws Exception {
        String[] r = readings.arguments();
        MeasuredProcess scan =
                MeasuredProcess.run(
                        readings.table() + "-scan-" + (tls ? "tls-" : "") + round,
                        MeasuredProcess.java(
                                SCAN_HEAP, RawScan.class, r[0], r[1], Boolean.toString(tls)));
        requireEqual("rows scanned", readings.rows(), scan.report().path("rows").asLong());
        return scan.report().path("seconds").asDouble();
    }

    /** Runs a command of the tool to its end. */
    static MeasuredProcess run(String command, Readings readings, String round) throws Exception {
        Path folder = Files.createTempDirectory(SERVERS, command + "-");
        try {
            Path config = folder.resolve("migration.yml");
            Files.writeString(config, config(readings), UTF_8);
            return MeasuredProcess.run(
                    String.join("-", readings.table(), command, readings.model().toString(), round),
                    Tool.BUILT.command(
                            command,
                            "--config",
                            config.toString(),
                            "--state-dir",
                            folder.resolve("state").toString(),
                            "--output",
                            "json"));
        } finally {
            delete(folder);
        }
    }

    /** Copies the table, and looks at what was copied if asked to. */
    static MeasuredProcess backfill(Readings readings, String round, boolean look)
            throws Exception {
        MeasuredProcess process = run(BenchKind.BACKFILL.command(), readings, round);
        JsonNode report = process.report();
        requireEqual("rows reported", readings.rows(), report.path("rows").asLong());
        long points = report.path("tables").path(0).path("points").asLong();
        requireEqual("points reported", readings.points(), points);
        if (look) {
            requireContent(readings);
        }
        return process;
    }

    /** Nothing is tuned: all that can be left out is; without TLS, like the scan that counts. */
    static String config(Readings readings) {
        Servers servers = Servers.get();
        return """
                name: %1$s_%9$s
                connections:
                  mysql: {host: %2$s, port: %3$d, user: "${env:MYSQL_USER}", password: "${env:MYSQL_PASSWORD}", database: %4$s, tls: {mode: disabled}}
                  iotdb: {host: %5$s, port: %6$d, user: "${env:IOTDB_USER}", password: "${env:IOTDB_PASSWORD}"}
                iotdb:
                  %7$s
                  mappings:
                    - table: %1$s
                      timestamp_field: ts
                      measurements: all
                      %8$s
                """
                .formatted(
                        readings.table(),
                        servers.mysqlHost(),
                        servers.mysqlPort(),
                        BenchMysql.DATABASE,
                        servers.iotdbHost(),
                        servers.iotdbPort(),
                        database(readings),
                        device(readings),
                        readings.model());
    }

    private static String database(Readings readings) {
        return switch (readings.model()) {
            case TREE -> "storage_groups: [" + readings.path() + "]";
            case TABLE -> "model: table\n  database: " + readings.database();
        };
    }

    private static String device(Readings readings) {
        return switch (readings.model()) {
            case TREE ->
                    "device_field: device_id\n      device_template: "
                            + readings.path()
                            + ".d{device_id}";
            case TABLE -> "tags: [device_id]";
        };
    }

    /** Every row of every device is in IoTDB, and nothing else. */
    static void requireContent(Readings readings) throws Exception {
        requireEqual(
                "devices in IoTDB", readings.devicesWithRows(), BenchIotdb.countDevices(readings));
        requireEqual("points in IoTDB", readings.points(), BenchIotdb.countPoints(readings));
    }

    static void requireEqual(String what, long expected, long actual) {
        if (expected != actual) {
            throw new IllegalStateException(
                    "%s: %d instead of %d, the measurement is void"
                            .formatted(what, actual, expected));
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
