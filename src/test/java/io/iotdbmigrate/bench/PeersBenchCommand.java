package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.iotdbmigrate.bench.PeersBench.Line;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench peers}. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        header = "The backfill against SeaTunnel, side by side.",
        description = {
            "Copies one table by SeaTunnel's published artifacts, which Maven fetches, and by the"
                    + " backfill, each a whole process with the same heap. SeaTunnel is tried with"
                    + " parallelism 1 and 2, and the faster one counts. The target is a quarter of"
                    + " its time. Medians of all rounds. Progress and the table go to stderr, the"
                    + " figures as JSON to stdout and to a file."
        })
final class PeersBenchCommand extends FiguresCommand {
    private static final double TARGET = 0.25;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "Medians are taken over them (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    long rows() {
        return rows;
    }

    @Override
    void validate() {
        super.validate();
        require(rounds >= 1, "--rounds must be 1 or more");
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        Readings readings = new Readings(rows, DEVICES);
        PeersBench.Result result = new PeersBench(readings, rounds, progress).run();
        boolean reached = result.ratio() <= TARGET;
        figures.put("rounds", rounds);
        ArrayNode processes = figures.putArray("processes");
        put(processes.addObject(), result.scan());
        result.peers().forEach(peer -> put(processes.addObject(), peer));
        put(processes.addObject(), result.backfill());
        figures.put("peer", result.peer().name())
                .put("ratio", result.ratio())
                .put("target", TARGET)
                .put("reached", reached);
        progress.print(table(result, readings, reached));
        progress.flush();
        return reached;
    }

    private static void put(ObjectNode node, Line line) {
        node.put("name", line.name())
                .put("seconds", line.seconds())
                .put("cpu_seconds", line.cpuSeconds())
                .put("peak_rss_mib", line.rssMib());
        if (line.content().rows() > 0) {
            node.put("rows_in_iotdb", line.content().rows())
                    .put("values_in_iotdb", line.content().values())
                    .put("series", line.content().series());
        }
    }

    private static String table(PeersBench.Result result, Readings readings, boolean reached) {
        Line peer = result.peer();
        Line backfill = result.backfill();
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        "| process | wall, s | CPU, s | peak RSS, MiB | values in IoTDB |%n"
                                + "| --- | --- | --- | --- | --- |%n"));
        text.append(line(result.scan()));
        result.peers().forEach(each -> text.append(line(each)));
        text.append(line(backfill));
        text.append(
                format(
                        "| backfill / %s | **%.2f**, must be %.2f at most: %s | %.2f | %.2f | |%n",
                        peer.name(),
                        result.ratio(),
                        TARGET,
                        reached ? "yes" : "no",
                        backfill.cpuSeconds() / peer.cpuSeconds(),
                        backfill.rssMib() / peer.rssMib()));
        text.append(said(peer, readings));
        text.append(said(backfill, readings));
        return text.toString();
    }

    private static String line(Line line) {
        return format(
                "| %s | %.2f | %.2f | %.0f | %s |%n",
                line.name(),
                line.seconds(),
                line.cpuSeconds(),
                line.rssMib(),
                line.content().rows() == 0 ? "" : format("%,d", line.content().values()));
    }

    /** What a copy looks like. */
    private static String said(Line line, Readings readings) {
        return format(
                "%s: %,d of %,d rows, %,d of %,d values; series %s%n",
                line.name(),
                line.content().rows(),
                readings.rows(),
                line.content().values(),
                readings.points(),
                line.content().series());
    }

    private static String format(String format, Object... args) {
        return String.format(Locale.ROOT, format, args);
    }
}
