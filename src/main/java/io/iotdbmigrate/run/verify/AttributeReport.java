package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.verify.AttributeRecheck;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Recheck;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
        List<Difference> all = executes ? comparison.differences() : differing;
        List<Difference> changing = changing(differing, all);
        List<Difference> now = all.stream().filter(d -> !changing.contains(d)).toList();
        if (now.isEmpty() && changing.isEmpty()) {
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
            return rows.withAttributes(now.size(), writes, clears, false, 0, 0);
        }
        boolean deletes = options.repair() == RepairMode.WRITE_AND_DELETE;
        comparison.repair(now, deletes);
        return rows.withAttributes(
                now.size(),
                writes,
                clears,
                !deletes && clears > 0,
                left(now).size(),
                changing.size());
    }

    /** Returns devices that MySQL has other attributes of meanwhile: replication sets them. */
    static List<Difference> changing(List<Difference> before, List<Difference> now) {
        Map<RowKey, Set<List<Object>>> wanted = new HashMap<>();
        before.forEach(d -> wanted.put(d.key(), wanted(d)));
        return now.stream()
                .filter(d -> wanted.containsKey(d.key()))
                .filter(d -> !wanted.get(d.key()).containsAll(wanted(d)))
                .toList();
    }

    private static Set<List<Object>> wanted(Difference difference) {
        return difference.cells().stream()
                .map(c -> List.<Object>of(c.column(), AttributeComparison.text(c.mysql())))
                .collect(Collectors.toSet());
    }

    /** Returns what differs once replication has applied what it was at while the repair wrote. */
    private List<Difference> left(List<Difference> repaired) throws IOException {
        return replication.runs() && !repaired.isEmpty()
                ? new AttributeRecheck(replication, patience)
                        .run(repaired, 1, comparison::again)
                        .left()
                : comparison.again(repaired);
    }

    /** Returns sentences about devices whose attributes were not compared. */
    List<String> notCompared() {
        return comparison.notCompared();
    }
}
