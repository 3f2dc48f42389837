package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench all}. */
@Command(
        name = "all",
        mixinStandardHelpOptions = true,
        header = "What a person waits for, in one table.",
        description = {
            "Whole processes against a plain scan and against an older distribution: backfill,"
                    + " verify, the short commands; then scattered deletions, the pause of a cutover"
                    + " and the replication of inserts. Medians of all rounds. Progress and the"
                    + " table go to stderr, the figures as JSON to stdout and to a file."
        })
final class AllBenchCommand extends FiguresCommand {
    private static final Path README = Path.of("README.md");
    private static final String CHAPTER = "## Performance\n";
    private static final String NEXT = "## Licence\n";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "5",
            description = "Medians are taken over them (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--against",
            paramLabel = "DIST",
            description = "The folder of another distribution, measured in turn with this one.")
    private @Nullable Path against;

    @Option(
            names = "--readme",
            description = "Write the table into README.md, as its chapter on performance.")
    private boolean readme;

    @Override
    long rows() {
        return rows;
    }

    @Override
    void validate() {
        super.validate();
        require(rounds >= 1, "--rounds must be 1 or more");
        Tool other = other();
        require(
                other == null || Files.isExecutable(Path.of(other.command().get(0))),
                "--against " + against + " has no bin/iotdb-migrate");
    }

    private @Nullable Tool other() {
        return against == null ? null : new Tool(Bench.callersFolder().resolve(against));
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        List<Figure> all =
                new AllBench(new Readings(rows, DEVICES), rounds, other(), progress).run();
        ArrayNode lines = figures.putArray("figures");
        for (Figure each : all) {
            ObjectNode node =
                    lines.addObject()
                            .put("what", each.what())
                            .put("now", each.now())
                            .put("must", each.must())
                            .put("aim", each.aim())
                            .put("reached", each.isReached());
            if (each.before() != null) {
                node.put("before", each.before());
            }
        }
        String table = table(all);
        progress.print(table);
        progress.flush();
        if (readme) {
            write(table);
        }
        return all.stream().allMatch(Figure::isReached);
    }

    private static String table(List<Figure> figures) {
        return Figure.head() + figures.stream().map(Figure::line).collect(Collectors.joining());
    }

    private void write(String table) throws IOException {
        String text = Files.readString(README, UTF_8);
        int next = text.indexOf(NEXT);
        int chapter = text.indexOf(CHAPTER);
        String heading =
                String.format(
                        Locale.ROOT,
                        "%n`scripts/bench all` has measured this with %,d rows of %d devices."
                                + " Less is better, but for rates and inserts.%n%n",
                        rows,
                        DEVICES);
        Files.writeString(
                README,
                text.substring(0, chapter < 0 ? next : chapter)
                        + CHAPTER
                        + heading
                        + table
                        + "\n"
                        + text.substring(next),
                UTF_8);
    }
}
