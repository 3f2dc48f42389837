package io.iotdbmigrate.bench;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Copies one table by SeaTunnel and by the backfill in turn, each a whole process. */
final class PeersBench {
    private static final Path SERVERS = Path.of(System.getenv("SANDBOX_DIR"));
    private static final String SCAN_HEAP = "768m";
    private static final String SCAN = "raw scan";
    private static final String BACKFILL = "backfill";

    /** How many readers and writers SeaTunnel is tried with. */
    private static final List<Integer> PARALLELISM = List.of(1, 2);

    private final Readings readings;
    private final int rounds;
    private final PrintWriter progress;
    private final Medians medians = new Medians();
    private final Map<String, Content> contents = new LinkedHashMap<>();

    PeersBench(Readings readings, int rounds, PrintWriter progress) {
        this.readings = readings;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** What a copy has in IoTDB; its series as {@link BenchIotdb#series} says it. */
    record Content(long rows, long values, String series) {}

    /** Medians of one kind of process, and what it left in IoTDB; the scan leaves nothing. */
    record Line(String name, double seconds, double cpuSeconds, double rssMib, Content content) {}

    /** What was measured; the peer is SeaTunnel with the parallelism that took it less time. */
    record Result(Line scan, List<Line> peers, Line backfill) {
        Line peer() {
            return Collections.min(peers, Comparator.comparingDouble(Line::seconds));
        }

        double ratio() {
            return backfill.seconds() / peer().seconds();
        }
    }

    /** Measures all; what a first round has is for the servers to get warm, and not counted. */
    Result run() throws Exception {
        say("making %,d rows", readings.rows());
        BenchMysql.create(readings);
        Path home = Files.createTempDirectory(SERVERS, "seatunnel-");
        try {
            SeaTunnel seaTunnel = SeaTunnel.install(home);
            BenchIotdb.dropDatabases();
            TableBench.backfill(readings, TableBench.WARM_UP, true);
            AllBench.awaitArchive();
            round(seaTunnel, 0);
            for (int round = 1; round <= rounds; round++) {
                round(seaTunnel, round);
            }
            List<Line> peers = PARALLELISM.stream().map(n -> line(name(n))).toList();
            return new Result(line(SCAN), peers, line(BACKFILL));
        } finally {
            TableBench.delete(home);
        }
    }

    private static String name(int parallelism) {
        return "SeaTunnel " + SeaTunnel.VERSION + ", parallelism " + parallelism;
    }

    /** In the other order each second time, so that none has always the warmer servers. */
    private void round(SeaTunnel seaTunnel, int round) throws Exception {
        String label = round == 0 ? TableBench.WARM_UP : "round " + round + " of " + rounds;
        Map<String, Callable<MeasuredProcess>> copies = new LinkedHashMap<>();
        for (int n : PARALLELISM) {
            copies.put(name(n), () -> seaTunnel.copy(readings, n, label));
        }
        copies.put(BACKFILL, () -> TableBench.backfill(readings, label, false));
        List<String> order = new ArrayList<>(copies.keySet());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        add(label, SCAN, scan(label));
        for (String name : order) {
            BenchIotdb.dropDatabases();
            MeasuredProcess run = copies.get(name).call();
            look(label, name);
            add(label, name, run);
        }
    }

    private MeasuredProcess scan(String label) throws Exception {
        String[] r = readings.arguments();
        MeasuredProcess scan =
                MeasuredProcess.run(
                        "peers-scan-" + label,
                        MeasuredProcess.java(SCAN_HEAP, RawScan.class, r[0], r[1], "false"));
        TableBench.requireEqual(
                "rows scanned", readings.rows(), scan.report().path("rows").asLong());
        return scan;
    }

    /** A copy may lack something, but not another thing each time, and the backfill's nothing. */
    private void look(String label, String name) throws Exception {
        Content content;
        try (Copy copy = Copy.open(readings)) {
            content =
                    new Content(
                            copy.count("id", ""),
                            BenchIotdb.countPoints(readings),
                            BenchIotdb.series(readings));
        }
        if (name.equals(BACKFILL)) {
            TableBench.requireEqual("rows in IoTDB", readings.rows(), content.rows());
            TableBench.requireEqual("values in IoTDB", readings.points(), content.values());
        }
        Content before = contents.putIfAbsent(name, content);
        if (content.rows() == 0 || (before != null && !before.equals(content))) {
            throw new IllegalStateException(
                    "%s, %s: %s in IoTDB, the measurement is void".formatted(name, label, content));
        }
    }

    private void add(String label, String name, MeasuredProcess run) {
        say(
                "%s: %-28s %6.2f s, CPU %6.2f s, peak RSS %4d MiB",
                label, name, run.seconds(), run.cpuSeconds(), run.peakRssKib() / 1024);
        if (!label.equals(TableBench.WARM_UP)) {
            medians.add(name, run);
        }
    }

    private Line line(String name) {
        return new Line(
                name,
                medians.seconds(name),
                medians.cpuSeconds(name),
                medians.peakRssMib(name),
                contents.getOrDefault(name, new Content(0, 0, "")));
    }

    private void say(String format, Object... args) {
        progress.println(String.format(Locale.ROOT, format, args));
        progress.flush();
    }
}
