package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A second look at rows that differed while replication runs: MySQL's row is read, then its
 * position, then, until replication has applied that, MySQL's row now and then, at last IoTDB's row
 * and MySQL's once more. A row is equal if IoTDB has what MySQL had in any of these readings: there
 * may be changes behind the position, of which replication has applied some. What differs every
 * time, differs. Not thread-safe.
 */
public final class Recheck {
    private final List<RowComparer> comparers;
    private final SourceRows source;
    private final TargetRows target;
    private final CatchUp catchUp;

    /** How long MySQL took for rows where they were, the last time. */
    private Duration reading = Duration.ZERO;

    /** What is asked about replication, and the waiting for it. */
    public interface BinlogProgress extends AppliedPosition, CurrentPosition {
        void pause(Duration time) throws IOException;
    }

    /**
     * @param left differences that stayed
     * @param equalAt the position that the last look was at; null if replication never got there
     * @param note what a person should know, null if nothing
     */
    public record Result(
            List<Difference> left, @Nullable BinlogPosition equalAt, @Nullable String note) {
        public Result {
            left = List.copyOf(left);
        }
    }

    /**
     * @param patience with replication that lags, per look
     */
    public Recheck(
            List<TableRules> rules,
            SourceRows source,
            TargetRows target,
            BinlogProgress replication,
            Duration patience) {
        this.comparers = rules.stream().map(RowComparer::new).toList();
        this.source = source;
        this.target = target;
        this.catchUp = new CatchUp(replication, patience);
    }

    /** Looks again so many times, or until nothing differs. */
    public Result run(List<Difference> differences, int times) throws IOException {
        List<Difference> left = differences;
        BinlogPosition at = null;
        Map<RowKey, Seen> seen = new HashMap<>();
        for (int i = 0; i < times && !left.isEmpty(); i++) {
            catchUp.pauseBefore(i);
            if (i == 0) {
                readKnown(left, seen);
            }
            List<Difference> wanted = left;
            CatchUp.Result applied =
                    catchUp.await(
                            paused -> {
                                if (reading.compareTo(paused) <= 0) {
                                    readKnown(wanted, seen);
                                }
                            });
            if (!applied.reached()) {
                return new Result(left, at, catchUp.late(applied));
            }
            at = applied.at();
            Map<RowKey, SideRow> iotdb = target.read(keys(left));
            left = differing(left, seen, iotdb);
            readKnown(left, seen);
            readUnknown(left, seen);
            left = differing(left, seen, iotdb);
            seen.keySet().retainAll(keys(left));
            seen.values().forEach(Seen::forget);
        }
        return new Result(left, at, null);
    }

    /** What MySQL had of a row in the readings of a look; an empty list stands for no row. */
    private static final class Seen {
        private final Deque<List<SideRow>> rows = new ArrayDeque<>();

        void add(@Nullable SideRow row) {
            List<SideRow> now = row == null ? List.of() : List.of(row);
            if (rows.isEmpty() || !same(rows.getLast(), now)) {
                rows.addLast(now);
            }
        }

        private static boolean same(List<SideRow> one, List<SideRow> other) {
            return Arrays.deepEquals(values(one), values(other));
        }

        private static Object[] values(List<SideRow> row) {
            return row.stream().map(SideRow::values).toArray();
        }

        /** Begins another look with the last reading of this one. */
        void forget() {
            while (rows.size() > 1) {
                rows.removeFirst();
            }
        }
    }

    /** Reads rows where they were. */
    private void readKnown(List<Difference> differences, Map<RowKey, Seen> seen)
            throws IOException {
        long start = System.nanoTime();
        read(differences.stream().filter(d -> !isExtra(d)).toList(), false, seen);
        reading = Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Reads the rows of unknown keys. A row that MySQL did not have may come to be anywhere in the
     * table. All of it is read for that, so not before it is known that IoTDB still has the row.
     */
    private void readUnknown(List<Difference> differences, Map<RowKey, Seen> seen)
            throws IOException {
        read(differences.stream().filter(Recheck::isExtra).toList(), true, seen);
    }

    private static boolean isExtra(Difference difference) {
        return difference instanceof Difference.Extra;
    }

    private void read(List<Difference> of, boolean anywhere, Map<RowKey, Seen> seen)
            throws IOException {
        if (!of.isEmpty()) {
            Set<RowKey> keys = keys(of);
            Map<RowKey, SideRow> rows = source.read(keys, anywhere);
            keys.forEach(key -> seen.computeIfAbsent(key, k -> new Seen()).add(rows.get(key)));
        }
    }

    /**
     * Returns those that are different from all that was seen, as they differ from the last of it.
     */
    private List<Difference> differing(
            List<Difference> of, Map<RowKey, Seen> seen, Map<RowKey, SideRow> iotdb) {
        List<Difference> differing = new ArrayList<>();
        for (RowKey key : keys(of)) {
            Collection<List<SideRow>> had =
                    seen.containsKey(key) ? seen.get(key).rows : List.of(List.of());
            List<Difference> each =
                    had.stream()
                            .map(
                                    row ->
                                            comparers
                                                    .get(key.table())
                                                    .compare(key, row, iotdb.get(key)))
                            .flatMap(result -> result.difference().stream())
                            .toList();
            if (each.size() == had.size()) {
                differing.add(each.get(each.size() - 1));
            }
        }
        return differing;
    }

    private static Set<RowKey> keys(List<Difference> differences) {
        Set<RowKey> keys = new LinkedHashSet<>();
        differences.forEach(d -> keys.add(d.key()));
        return keys;
    }
}
