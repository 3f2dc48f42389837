package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Rehearses cutovers of one table and reads from the reports how long writes were paused. */
final class CutoverBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));

    /** Before a cutover, so that there is something to compare. */
    private static final long LOAD_MILLIS = 20_000;

    private final PrintWriter progress;

    CutoverBench(PrintWriter progress) {
        this.progress = progress;
    }

    /**
     * One rehearsal.
     *
     * @param perSecond statements that the source took a second, before the pause
     * @param pausedSeconds from the pause of writes until MySQL took them again
     * @param stepSeconds by step
     */
    record Rehearsal(
            int wanted, long perSecond, double pausedSeconds, Map<String, Double> stepSeconds) {}

    /** Copies the table, follows it, and rehearses once for each number of statements a second. */
    List<Rehearsal> run(Readings readings, List<Integer> loads) throws Exception {
        say("%s: making %,d rows", readings.table(), readings.rows());
        BenchMysql.create(readings);
        try (Connection connection = BenchMysql.open(false);
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "ALTER TABLE " + readings.table() + " ADD UNIQUE KEY point (device_id, ts)");
        }
        BenchIotdb.dropDatabases();
        Path folder = Files.createTempDirectory(SERVERS, "cutover-");
        Path config = folder.resolve("migration.yml");
        Files.writeString(
                config,
                TableBench.config(readings)
                        + "cutover: {pause: super_read_only, verify: recent, max_lag: 120s}\n",
                UTF_8);
        Path state = folder.resolve("state");
        List<String> place =
                List.of("--config", config.toString(), "--state-dir", state.toString());
        tool(readings, "backfill", place);
        try (Following first = Following.start(Tool.BUILT, readings.table(), place, state)) {
            tool(readings, "verify", place);
            return loads.stream().map(load -> rehearse(readings, place, load)).toList();
        } finally {
            tool(readings, "stop", place.subList(0, 4));
            BenchIotdb.dropDatabases();
            BenchMysql.drop(readings);
            TableBench.delete(folder);
        }
    }

    private MeasuredProcess tool(
            Readings readings, String command, List<String> place, String... more)
            throws IOException, InterruptedException {
        String[] args =
                Stream.of(
                                Stream.of(command),
                                place.stream(),
                                Stream.of(more),
                                command.equals("stop")
                                        ? Stream.<String>empty()
                                        : Stream.of("--output", "json"))
                        .flatMap(s -> s)
                        .toArray(String[]::new);
        MeasuredProcess process =
                MeasuredProcess.run(readings.table() + "-" + command, Tool.BUILT.command(args));
        say("%s: %s, %.1f s", readings.table(), command, process.seconds());
        return process;
    }

    private Rehearsal rehearse(Readings readings, List<String> place, int perSecond) {
        try (Load load = Load.start(readings, perSecond)) {
            Thread.sleep(LOAD_MILLIS);
            long rate = load.statements() * 1000 / LOAD_MILLIS;
            JsonNode report = tool(readings, "cutover", place, "--rehearse", "--yes").report();
            Map<String, Double> steps = new LinkedHashMap<>();
            for (JsonNode step : report.path("steps")) {
                steps.put(step.path("step").asText(), step.path("seconds").asDouble());
                say(
                        "  %-10s %6.2f s  %s",
                        step.path("step").asText(),
                        step.path("seconds").asDouble(),
                        step.path("detail").asText());
            }
            double paused = report.path("paused_seconds").asDouble();
            say("%d statements/s: writes paused for %.2f s", rate, paused);
            return new Rehearsal(perSecond, rate, paused, steps);
        } catch (Exception e) {
            throw new IllegalStateException("the rehearsal failed", e);
        }
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
