package io.iotdbmigrate.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
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
                    + " visible of single rows at 500 statements a second. Progress goes to stderr,"
                    + " the figures as JSON to stdout and to a file."
        })
final class CdcBenchCommand extends FiguresCommand {
    private static final double TARGET_INSERTS = 0.6;
    private static final double TARGET_UPDATES = 0.5;
    private static final double TARGET_DELETES_PER_SECOND = 20_000;
    private static final double TARGET_LATENCY_SECONDS = 1;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Inserted, and updated (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Override
    long rows() {
        return rows;
    }

    @Override
    boolean measure(ObjectNode figures, PrintWriter progress) throws Exception {
        CdcBench.Figures f = new CdcBench(progress).run(new Readings(rows, DEVICES));
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
        return inserts >= TARGET_INSERTS
                && updates >= TARGET_UPDATES
                && f.deletesPerSecond() >= TARGET_DELETES_PER_SECOND
                && f.latencyMedianSeconds() <= TARGET_LATENCY_SECONDS;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
