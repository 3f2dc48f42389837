package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.verify.AttributeRecheck;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Recheck;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a comparison says of the attributes of devices, beside their rows. */
final class AttributeReport {
    private final AttributeComparison comparison;
    private final VerifyOptions options;
    private final JournalProgress replication;
    private final Duration patience;

    /**
     * @param patience with replication that lags, per look
     */
    AttributeReport(
            AttributeComparison comparison,
            VerifyOptions options,
            JournalProgress replication,
            Duration patience) {
        this.comparison = comparison;
        this.options = options;
        this.replication = replication;
        this.patience = patience;
    }

    /** Compares, and looks again at what differs while replication runs. */
    Recheck.Result compare() throws IOException {
        List<Difference> found = comparison.differences();
        return found.isEmpty() || options.recheck() == 0 || !replication.runs()
                ? new Recheck.Result(found, null, null)
                : new AttributeRecheck(replication, patience)
                        .run(found, options.recheck(), comparison::again);
    }

    /**
     * Adds attributes to a repair. It comes behind that of rows, which may have brought others that
     * are the last ones now.
     *
     * @param differing what {@link #compare} has left
     */
    Repaired repair(Repaired rows, List<Difference> differing) throws IOException {
        boolean executes = options.repair().executes();
        if (!comparison.isNeeded() || rows.execution() == Repaired.Execution.DECLINED) {
            return rows;
        }
        List<Difference> now = executes ? comparison.differences() : differing;
        if (now.isEmpty()) {
            return rows;
        }
        long writes =
                now.stream()
                        .flatMap(d -> d.cells().stream())
                        .filter(c -> c.mysql() != null)
                        .count();
        long clears =
                now.stream()
                        .flatMap(d -> d.cells().stream())
                        .filter(c -> c.mysql() == null)
                        .count();
        if (!executes) {
            return rows.withAttributes(now.size(), writes, clears, false, 0);
        }
        boolean deletes = options.repair() == RepairMode.WRITE_AND_DELETE;
        comparison.repair(now, deletes);
        return rows.withAttributes(
                now.size(), writes, clears, !deletes && clears > 0, comparison.again(now).size());
    }
}
