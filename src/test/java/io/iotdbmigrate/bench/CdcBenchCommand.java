package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench cdc}. */
@Command(
        name = "cdc",
        mixinStandardHelpOptions = true,
        header = "The replication against a plain read of the binlog.",
        description = {
            "Reads the binlog of inserts with the tool's source and throws them away; then lets cdc"
                    + " follow inserts, updates of one measurement and a purge, each from its commit"
                    + " until all of it is visible in IoTDB; then takes the time from commit to"
                    + " visible of single rows at 500 statements a second. With --against or --model"
                    + " table it does the same with another distribution, or with the tree, in turn."
                    + " Progress goes to stderr, the figures as JSON to stdout and to a file."
        })
final class CdcBenchCommand extends FiguresCommand {
    private static final double TARGET_INSERTS = 0.6;
    private static final double TARGET_UPDATES = 0.5;
    private static final double TARGET_DELETES_PER_SECOND = 20_000;
    private static final double TARGET_LATENCY_SECONDS = 1;
    private static final double TARGET_TO_BEFORE = 0.97;
    private static final double TARGET_TO_TREE = 0.9;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Inserted, and updated (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "1",
            description = "Medians are taken over them (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "tree",
            description = "IoTDB's model, tree or table (default: ${DEFAULT-VALUE}).")
    private BenchModel model;

    @Option(
            names = "--against",
            paramLabel = "DIST",
            description = "The folder of another distribution, measured in turn with this one.")
    private @Nullable Path against;

    /**
     * What is measured.
     *
     * @param target of its rates that this build's inserts and updates must reach
     */
    private record Subject(String name, Tool tool, BenchModel model, double target) {}

    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("now", Tool.BUILT, model, 1));
        if (against != null) {
            subjects.add(
                    new Subject(
                            "before",
                            new Tool(Bench.callersFolder().resolve(against)),
                            model,
                            TARGET_TO_BEFORE));
        }
        if (model != BenchModel.TREE) {
            subjects.add(new Subject("tree", Tool.BUILT, BenchModel.TREE, TARGET_TO_TREE));
        }
        return subjects;
    }

    @Override
    void validate() {
        super.validate();
        require(rounds >= 1, "--rounds must be 1 or more");
        for (Subject subject : subjects()) {
            require(
                    Files.isExecutable(Path.of(subject.tool().command().get(0))),
                    subject.tool().home() + " has no bin/iotdb-migrate");
        }
    }

    @Override
    long rows() {
        return rows;
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        Map<Subject, CdcBench.Figures> all = measureAll(progress);
        CdcBench.Figures f = all.values().iterator().next();
        double inserts = f.insertsPerSecond() / f.rawPerSecond();
        double updates = f.updatesPerSecond() / f.rawPerSecond();
        figures.put("raw_events_per_second", Math.round(f.rawPerSecond()))
                .put("inserts_per_second", Math.round(f.insertsPerSecond()))
                .put("inserts_ratio", rounded(inserts))
                .put("updates_per_second", Math.round(f.updatesPerSecond()))
                .put("updates_ratio", rounded(updates))
                .put("deletes", f.deletes())
                .put("deletes_per_second", Math.round(f.deletesPerSecond()))
                .put("latency_median_seconds", rounded(f.latencyMedianSeconds()))
                .put("latency_longest_seconds", rounded(f.latencyLongestSeconds()));
        progress.printf(
                Locale.ROOT,
                """
                raw binlog   %,10.0f events/s
                inserts      %,10.0f rows/s    %.2f of raw   target 0.6
                updates      %,10.0f rows/s    %.2f of raw   target 0.5
                purge        %,10.0f rows/s                  target 20,000
                latency      median %.2f s, longest %.2f s    target 1 s
                """,
                f.rawPerSecond(),
                f.insertsPerSecond(),
                inserts,
                f.updatesPerSecond(),
                updates,
                f.deletesPerSecond(),
                f.latencyMedianSeconds(),
                f.latencyLongestSeconds());
        progress.flush();
        boolean reached = true;
        for (Map.Entry<Subject, CdcBench.Figures> each : all.entrySet()) {
            reached &= compare(f, each.getKey(), each.getValue(), figures, progress);
        }
        return reached
                && inserts >= TARGET_INSERTS
                && updates >= TARGET_UPDATES
                && f.deletesPerSecond() >= TARGET_DELETES_PER_SECOND
                && f.latencyMedianSeconds() <= TARGET_LATENCY_SECONDS;
    }

    /** In another order each round, so that none has always the warmer servers. */
    private Map<Subject, CdcBench.Figures> measureAll(PrintWriter progress) throws Exception {
        Map<Subject, List<CdcBench.Figures>> measured = new LinkedHashMap<>();
        List<Subject> subjects = subjects();
        subjects.forEach(subject -> measured.put(subject, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Subject subject : subjects) {
                progress.printf("%s, round %d of %d%n", subject.name(), round + 1, rounds);
                measured.get(subject)
                        .add(
                                new CdcBench(subject.tool(), progress)
                                        .run(new Readings(rows, DEVICES, subject.model())));
            }
            Collections.reverse(subjects);
        }
        Map<Subject, CdcBench.Figures> medians = new LinkedHashMap<>();
        measured.forEach((subject, all) -> medians.put(subject, CdcBench.Figures.median(all)));
        return medians;
    }

    /** Puts the rates into proportion to those of a subject; nothing for this build itself. */
    private static boolean compare(
            CdcBench.Figures now,
            Subject subject,
            CdcBench.Figures other,
            ObjectNode figures,
            PrintWriter progress) {
        if (now.equals(other)) {
            return true;
        }
        double inserts = now.insertsPerSecond() / other.insertsPerSecond();
        double updates = now.updatesPerSecond() / other.updatesPerSecond();
        double deletes = now.deletesPerSecond() / other.deletesPerSecond();
        figures.putObject("to_" + subject.name())
                .put("inserts", rounded(inserts))
                .put("updates", rounded(updates))
                .put("deletes", rounded(deletes))
                .put("target", subject.target());
        progress.printf(
                Locale.ROOT,
                "of the rates of %s: inserts %.2f, updates %.2f, purge %.2f    target %.2f%n",
                subject.name(),
                inserts,
                updates,
                deletes,
                subject.target());
        progress.flush();
        return inserts >= subject.target() && updates >= subject.target();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
