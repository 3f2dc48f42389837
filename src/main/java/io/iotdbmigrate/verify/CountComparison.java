package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A comparison that holds both sides' counts of each device against each other. Devices that differ
 * are counted again: while replication runs, by the servers once more, between two counts of MySQL
 * and after replication has applied the first; then by reading their rows. What differs every time,
 * differs. Where rows come and go, IoTDB's count need not lie between two of MySQL's: then the
 * times of the rows that were read decide.
 */
public final class CountComparison {
    /** Rows of either side that are read at most, those of small devices first. */
    private static final long ROWS_READ = 1_000_000;

    private final List<TableRules> rules;
    private final SourceCounts source;
    private final TargetCounts target;
    private final Recheck.BinlogProgress replication;
    private final CatchUp catchUp;
    private final List<String> notes = new ArrayList<>();
    private Map<DeviceKey, SourceCount> mysql = Map.of();
    private Map<DeviceKey, TargetCount> iotdb = Map.of();
    private @Nullable BinlogPosition equalAt;

    /**
     * @param mysql as counted last
     * @param iotdb as counted last
     * @param different devices whose counts do not agree
     * @param equalAt the position that the last look was at; null if one was enough
     * @param notes what a person should know, one sentence each
     */
    public record Result(
            Map<DeviceKey, SourceCount> mysql,
            Map<DeviceKey, TargetCount> iotdb,
            Set<DeviceKey> different,
            @Nullable BinlogPosition equalAt,
            List<String> notes) {
        public Result {
            mysql = Map.copyOf(mysql);
            iotdb = Map.copyOf(iotdb);
            different = Set.copyOf(different);
            notes = List.copyOf(notes);
        }
    }

    /**
     * @param patience with replication that lags, per look
     */
    public CountComparison(
            List<TableRules> rules,
            SourceCounts source,
            TargetCounts target,
            Recheck.BinlogProgress replication,
            Duration patience) {
        this.rules = List.copyOf(rules);
        this.source = source;
        this.target = target;
        this.replication = replication;
        this.catchUp = new CatchUp(replication, patience);
    }

    /**
     * Counts.
     *
     * @param rechecks looks at devices that differ while replication runs
     */
    public Result run(int rechecks) throws IOException {
        return run(rechecks, device -> true);
    }

    /** Counts, and looks at some devices only. */
    public Result run(int rechecks, Predicate<DeviceKey> wanted) throws IOException {
        mysql = new HashMap<>(source.all());
        iotdb = new HashMap<>(target.all());
        Set<DeviceKey> all = new HashSet<>(mysql.keySet());
        all.addAll(iotdb.keySet());
        all.removeIf(wanted.negate());
        Set<DeviceKey> different = differing(all, mysql, mysql, iotdb);
        boolean replicates = rechecks > 0 && replication.runs();
        for (int i = 0; replicates && i < rechecks && !different.isEmpty(); i++) {
            catchUp.pauseBefore(i);
            replicates = caughtUp();
            if (replicates) {
                Map<DeviceKey, SourceCount> before = mysql;
                iotdb = new HashMap<>(target.all());
                mysql = new HashMap<>(source.all());
                different = differing(different, before, mysql, iotdb);
            }
        }
        if (!different.isEmpty()) {
            different = readRows(different, replicates);
        }
        return new Result(mysql, iotdb, different, equalAt, notes);
    }

    private boolean caughtUp() throws IOException {
        CatchUp.Result applied = catchUp.await();
        if (applied.reached()) {
            equalAt = applied.at();
        } else {
            notes.add(catchUp.late(applied));
        }
        return applied.reached();
    }

    private Set<DeviceKey> readRows(Set<DeviceKey> different, boolean replicates)
            throws IOException {
        Set<DeviceKey> some = affordable(different);
        Map<DeviceKey, SourceTimes> before = source.exactly(some);
        boolean between = replicates && caughtUp();
        Map<DeviceKey, TargetTimes> there = target.exactly(some);
        Map<DeviceKey, SourceTimes> after = between ? source.exactly(some) : before;
        Set<DeviceKey> differing = new LinkedHashSet<>();
        for (DeviceKey device : some) {
            TableRules of = rules.get(device.table());
            SourceTimes one = before.getOrDefault(device, SourceTimes.NONE);
            SourceTimes other = after.getOrDefault(device, SourceTimes.NONE);
            TargetTimes has = there.getOrDefault(device, TargetTimes.NONE);
            if (differs(of, one.count(), other.count(), has.count())
                    && !(between && explained(of, one, other, has))) {
                differing.add(device);
            }
            mysql.put(device, withRejected(device, other.count()));
            iotdb.put(device, has.count());
        }
        Set<DeviceKey> left = new LinkedHashSet<>(different);
        left.removeAll(some);
        if (!left.isEmpty()) {
            notes.add(
                    left.size()
                            + " of the devices that differ have too many rows to be read one by"
                            + " one: rows that cannot be mapped may be among those counted for"
                            + " MySQL; verify without --counts tells");
        }
        left.addAll(differing);
        return left;
    }

    /** Tells whether IoTDB has what MySQL had both times, and nothing that it had neither time. */
    private static boolean explained(
            TableRules of, SourceTimes before, SourceTimes after, TargetTimes there) {
        boolean nothingMissing =
                before.points().stream()
                        .allMatch(t -> !after.points().contains(t) || there.rows().contains(t));
        return nothingMissing
                && there.rows().stream()
                        .allMatch(
                                t ->
                                        of.keepsGone(t)
                                                || mayBe(of, before, t)
                                                || mayBe(of, after, t));
    }

    private static boolean mayBe(TableRules of, SourceTimes times, Long time) {
        return times.points().contains(time)
                || (of.keepsEmptied() && times.emptied().contains(time));
    }

    /**
     * Adds rejected rows to a count. The server has counted rows that turned out not to be mapped.
     */
    private SourceCount withRejected(DeviceKey device, SourceCount exact) {
        long rows = Math.max(exact.rows(), mysql.getOrDefault(device, SourceCount.NONE).rows());
        return new SourceCount(rows, exact.points(), exact.empty(), rows - exact.rows());
    }

    private Set<DeviceKey> affordable(Set<DeviceKey> devices) {
        Set<DeviceKey> some = new LinkedHashSet<>();
        long rows = 0;
        for (DeviceKey device :
                devices.stream().sorted(Comparator.comparingLong(this::rows)).toList()) {
            rows += rows(device);
            if (rows <= ROWS_READ) {
                some.add(device);
            }
        }
        return some;
    }

    private long rows(DeviceKey device) {
        return Math.max(
                mysql.getOrDefault(device, SourceCount.NONE).rows(),
                iotdb.getOrDefault(device, TargetCount.NONE).rows());
    }

    private Set<DeviceKey> differing(
            Set<DeviceKey> devices,
            Map<DeviceKey, SourceCount> before,
            Map<DeviceKey, SourceCount> after,
            Map<DeviceKey, TargetCount> there) {
        Set<DeviceKey> differing = new LinkedHashSet<>();
        for (DeviceKey device : devices) {
            if (differs(
                    rules.get(device.table()),
                    before.getOrDefault(device, SourceCount.NONE),
                    after.getOrDefault(device, SourceCount.NONE),
                    there.getOrDefault(device, TargetCount.NONE))) {
                differing.add(device);
            }
        }
        return differing;
    }

    private static boolean differs(
            TableRules of, SourceCount before, SourceCount after, TargetCount there) {
        return there.rows() < Math.min(before.points(), after.points())
                || there.rows() > Math.max(most(of, before), most(of, after));
    }

    /**
     * Returns the most rows that IoTDB may have: IoTDB keeps what an ignored change would have
     * taken away.
     */
    private static long most(TableRules of, SourceCount count) {
        if (of.keepsGone()) {
            return Long.MAX_VALUE;
        }
        return of.keepsEmptied() ? count.points() + count.empty() : count.points();
    }
}
