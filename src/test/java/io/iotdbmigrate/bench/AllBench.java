package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a person waits for: whole processes, from their start to their end, and where there
 * is another distribution, that in turn with this one.
 */
final class AllBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));
    private static final String RAW_HEAP = "768m";
    private static final int FETCH_ROWS = 50_000;
    private static final int LOAD_PER_SECOND = 1_000;
    private static final long CDC_ROWS = 1_000_000;
    private static final int NOT_READY = 8;
    private static final long ARCHIVE_MILLIS = 120_000;
    private static final long POLL_MILLIS = 200;

    private static final String SCAN = "scan";
    private static final String READ = "read";
    private static final String BACKFILL = "backfill";
    private static final String VERIFY = "verify";
    private static final String HELP = "--help";

    /** Of a table whose rows are soon counted, so that what is measured is the start. */
    private static final String CHECK = "check of few rows";

    private static final long FEW_ROWS = 10_000;
    private static final int FEW_DEVICES = 20;

    /** With the words behind the command, before the config. */
    private static final Map<String, List<String>> SHORT = shortCommands();

    private final Readings readings;
    private final int rounds;
    private final @Nullable Tool against;
    private final PrintWriter progress;
    private final Medians medians = new Medians();

    AllBench(Readings readings, int rounds, @Nullable Tool against, PrintWriter progress) {
        this.readings = readings;
        this.rounds = rounds;
        this.against = against;
        this.progress = progress;
    }

    private static Map<String, List<String>> shortCommands() {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("status", List.of("status"));
        commands.put("check --offline", List.of("check", "--offline"));
        commands.put("cutover (plan)", List.of("cutover"));
        return commands;
    }

    List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>(processes());
        figures.addAll(scattered());
        BenchMysql.drop(readings);
        BenchIotdb.dropDatabases();
        double paused =
                new CutoverBench(progress)
                        .run(readings, List.of(LOAD_PER_SECOND))
                        .get(0)
                        .pausedSeconds();
        figures.add(new Figure("write pause of a cutover, s", null, paused, 4, 2, false));
        CdcBench.Figures cdc =
                new CdcBench(Tool.BUILT, progress)
                        .run(new Readings(Math.min(CDC_ROWS, readings.rows()), readings.devices()));
        double inserts = cdc.insertsPerSecond() / cdc.rawPerSecond();
        figures.add(new Figure("cdc, inserts / raw binlog", null, inserts, 0.9, 1.0, true));
        return figures;
    }

    private List<Figure> processes() throws Exception {
        say("making %,d rows", readings.rows());
        BenchMysql.create(readings);
        Path folder = Files.createTempDirectory(SERVERS, "all-");
        try {
            Path config = folder.resolve("migration.yml");
            Files.writeString(config, TableBench.config(readings), UTF_8);
            for (Tool tool : tools(0)) {
                backfill(tool, config, folder);
                awaitArchive();
                backfill(tool, config, folder);
            }
            for (int round = 1; round <= rounds; round++) {
                say("round %d of %d", round, rounds);
                round(round, config, folder);
            }
            Readings few = new Readings(FEW_ROWS, FEW_DEVICES);
            BenchMysql.create(few);
            Files.writeString(config, TableBench.config(few), UTF_8);
            for (int round = 1; round <= rounds; round++) {
                for (Tool tool : tools(round)) {
                    add(name(tool, CHECK), run(tool, List.of("check"), config, folder, 0));
                }
            }
            BenchMysql.drop(few);
        } finally {
            TableBench.delete(folder);
        }
        return figures();
    }

    private void round(int round, Path config, Path folder) throws Exception {
        String[] r = readings.arguments();
        add(
                SCAN,
                MeasuredProcess.run(
                        SCAN, MeasuredProcess.java(RAW_HEAP, RawScan.class, r[0], r[1], "false")));
        for (Tool tool : tools(round)) {
            add(name(tool, BACKFILL), backfill(tool, config, folder));
            add(name(tool, VERIFY), run(tool, List.of("verify"), config, folder, 0));
            for (Map.Entry<String, List<String>> command : SHORT.entrySet()) {
                int status = command.getValue().contains("cutover") ? NOT_READY : 0;
                add(
                        name(tool, command.getKey()),
                        run(tool, command.getValue(), config, folder, status));
            }
            add(name(tool, HELP), MeasuredProcess.run("help", tool.command(HELP)));
        }
        String fetch = Integer.toString(FETCH_ROWS);
        add(
                READ,
                MeasuredProcess.run(
                        READ,
                        MeasuredProcess.java(
                                RAW_HEAP,
                                RawRead.class,
                                r[0],
                                r[1],
                                fetch,
                                BenchModel.TREE.name())));
    }

    /** In another order each round, so that none has always the warmer servers. */
    private List<Tool> tools(int round) {
        if (against == null) {
            return List.of(Tool.BUILT);
        }
        return round % 2 == 0 ? List.of(against, Tool.BUILT) : List.of(Tool.BUILT, against);
    }

    private static String name(Tool tool, String what) {
        return (tool.equals(Tool.BUILT) ? "now " : "before ") + what;
    }

    private MeasuredProcess backfill(Tool tool, Path config, Path folder) throws Exception {
        BenchIotdb.dropDatabases();
        Path state = state(tool, folder);
        if (Files.exists(state)) {
            TableBench.delete(state);
        }
        MeasuredProcess run = run(tool, List.of("backfill"), config, folder, 0);
        TableBench.requireEqual(
                "points in IoTDB", readings.points(), BenchIotdb.countPoints(readings));
        return run;
    }

    private static Path state(Tool tool, Path folder) {
        return folder.resolve(name(tool, "state").replace(' ', '-'));
    }

    private static MeasuredProcess run(
            Tool tool, List<String> words, Path config, Path folder, int status)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--config", config.toString()));
        if (!words.contains("check")) {
            all.addAll(List.of("--state-dir", state(tool, folder).toString()));
        }
        return MeasuredProcess.run(
                "all-" + name(tool, String.join("", words)),
                tool.command(all.toArray(String[]::new)),
                status);
    }

    /** Waits until nothing makes an archive of classes any more, which a first job has done. */
    static void awaitArchive() throws IOException, InterruptedException {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = cache == null ? Path.of(System.getenv("HOME"), ".cache") : Path.of(cache);
        Path classes = home.resolve("iotdb-migrate").resolve("classes");
        long end = System.currentTimeMillis() + ARCHIVE_MILLIS;
        while (Files.isDirectory(classes) && isBeingMade(classes)) {
            if (System.currentTimeMillis() > end) {
                throw new IllegalStateException("an archive of classes is not done in " + classes);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Tells a list or an archive that grows from one that a killed process left behind. */
    private static boolean isBeingMade(Path classes) throws IOException {
        long old = System.currentTimeMillis() - ARCHIVE_MILLIS;
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(Path::toFile)
                    .anyMatch(
                            file -> !file.getName().endsWith(".jsa") && file.lastModified() > old);
        }
    }

    private void add(String name, MeasuredProcess run) {
        say(
                "%-24s %6.2f s, CPU %6.2f s, peak RSS %4d MiB",
                name, run.seconds(), run.cpuSeconds(), run.peakRssKib() / 1024);
        medians.add(name, run);
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        String now = name(Tool.BUILT, BACKFILL);
        String before = "before " + BACKFILL;
        figures.add(
                new Figure(
                        "backfill / raw scan, wall of the process",
                        against == null ? null : medians.seconds(before) / medians.seconds(SCAN),
                        medians.seconds(now) / medians.seconds(SCAN),
                        2.6,
                        2.0,
                        false));
        figures.add(
                new Figure(
                        "backfill / raw scan, CPU of the process",
                        against == null
                                ? null
                                : medians.cpuSeconds(before) / medians.cpuSeconds(SCAN),
                        medians.cpuSeconds(now) / medians.cpuSeconds(SCAN),
                        2.2,
                        1.7,
                        false));
        figures.add(
                new Figure(
                        "backfill, peak resident memory, MiB",
                        against == null ? null : medians.peakRssMib(before),
                        medians.peakRssMib(now),
                        420,
                        350,
                        false));
        double slower = Math.max(medians.seconds(SCAN), medians.seconds(READ));
        figures.add(
                new Figure(
                        "verify / the slower raw read, wall of the process",
                        against == null ? null : medians.seconds("before " + VERIFY) / slower,
                        medians.seconds(name(Tool.BUILT, VERIFY)) / slower,
                        3.0,
                        2.0,
                        false));
        SHORT.keySet().forEach(command -> figures.addAll(againstBefore(command)));
        figures.addAll(againstBefore(CHECK));
        figures.add(
                new Figure(
                        "--help, s",
                        against == null ? null : medians.seconds("before " + HELP),
                        medians.seconds(name(Tool.BUILT, HELP)),
                        0.35,
                        0.2,
                        false));
        return figures;
    }

    /** Returns nothing without a distribution before: the goal is a share of it. */
    private List<Figure> againstBefore(String command) {
        if (against == null) {
            return List.of();
        }
        double before = medians.seconds("before " + command);
        return List.of(
                new Figure(
                        "%s, wall against before (%.2f s)".formatted(command, before),
                        1.0,
                        medians.seconds(name(Tool.BUILT, command)) / before,
                        0.5,
                        0.3,
                        false));
    }

    private List<Figure> scattered() throws Exception {
        ScatteredBench.Rates before =
                against == null ? null : ScatteredBench.measure(against, readings, 0);
        ScatteredBench.Rates now = ScatteredBench.measure(Tool.BUILT, readings, 1);
        say("scattered: deletions %.0f/s, to null %.0f/s", now.deletes(), now.nulls());
        if (before == null) {
            return List.of();
        }
        say("before: deletions %.0f/s, to null %.0f/s", before.deletes(), before.nulls());
        return List.of(
                new Figure(
                        "scattered deletions, rate against before (%.0f/s)"
                                .formatted(before.deletes()),
                        1.0,
                        now.deletes() / before.deletes(),
                        3,
                        10,
                        true),
                new Figure(
                        "scattered updates to null, rate against before (%.0f/s)"
                                .formatted(before.nulls()),
                        1.0,
                        now.nulls() / before.nulls(),
                        3,
                        10,
                        true));
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
