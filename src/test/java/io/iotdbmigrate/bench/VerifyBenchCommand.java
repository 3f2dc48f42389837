package io.iotdbmigrate.bench;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code scripts/bench verify}. */
@Command(
        name = "verify",
        header = "The comparison against plain reads of the two servers.",
        description = {
            "Copies a table, then measures, each in a JVM of its own, a plain scan of it in MySQL,"
                    + " a plain read of its copy in IoTDB, and verify. The ratio is the job time"
                    + " of verify to the longer of the other two."
        })
final class VerifyBenchCommand extends BenchCommand {
    VerifyBenchCommand() {
        super(BenchKind.VERIFY);
    }

    @Override
    TableBench bench(int rounds, PrintWriter progress) {
        return new VerifyBench(rounds, progress);
    }

    @Override
    Map<Integer, Double> targets() {
        return Map.of(200, 2.0);
    }

    @Override
    Map<Integer, Double> targetsToTree() {
        return Map.of(200, 1.1);
    }
}
