package io.iotdbmigrate.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code scripts/bench backfill}. */
@Command(
        name = "backfill",
        header = "The backfill against what the two servers can do.",
        description = {
            "Measures, each in a JVM of its own, a plain scan of a MySQL table, a plain write of"
                    + " the same rows into IoTDB, and the backfill of that table. The ratio is the"
                    + " backfill's job time to the longer of the other two."
        })
final class BackfillBenchCommand extends BenchCommand {
    BackfillBenchCommand() {
        super(BenchKind.BACKFILL);
    }

    @Override
    TableBench bench(int rounds, PrintWriter progress) {
        return new BackfillBench(rounds, progress);
    }

    @Override
    Map<Integer, Double> targets() {
        Map<Integer, Double> targets = new LinkedHashMap<>();
        targets.put(200, 1.6);
        targets.put(50_000, 2.5);
        return targets;
    }

    @Override
    Map<Integer, Double> targetsToTree() {
        return Map.of(200, 1.15, 50_000, 0.6);
    }
}
