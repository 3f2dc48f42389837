package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks again at rows that differed while replication runs: after MySQL's row was read, its
 * position is asked for, and when replication has applied that, IoTDB's row is read; where they
 * still differ, MySQL's once more. A row is equal if IoTDB has either of MySQL's two. What differs
 * every time, differs.
 */
public final class Recheck {
    private final List<RowComparer> comparers;
    private final SourceRows source;
    private final TargetRows target;
    private final CatchUp catchUp;

    /** What is asked about replication, and the waiting for it. */
    public interface Replication extends AppliedPosition, CurrentPosition {
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
            Replication replication,
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
        Map<RowKey, SideRow> mysql = times > 0 ? known(left) : Map.of();
        for (int i = 0; i < times && !left.isEmpty(); i++) {
            catchUp.pauseBefore(i);
            CatchUp.Result applied = catchUp.await();
            if (!applied.reached()) {
                return new Result(left, at, catchUp.late(applied));
            }
            at = applied.at();
            Map<RowKey, SideRow> iotdb = target.read(keys(left));
            left = differing(left, mysql, iotdb);
            mysql = known(left);
            mysql.putAll(unknown(left));
            left = differing(left, mysql, iotdb);
        }
        return new Result(left, at, null);
    }

    private Map<RowKey, SideRow> known(List<Difference> differences) throws IOException {
        return rows(differences.stream().filter(d -> !isExtra(d)).toList(), false);
    }

    /**
     * A row that MySQL did not have may come to be anywhere in the table. All of it is read for
     * that, so not before it is known that IoTDB still has the row.
     */
    private Map<RowKey, SideRow> unknown(List<Difference> differences) throws IOException {
        return rows(differences.stream().filter(Recheck::isExtra).toList(), true);
    }

    private static boolean isExtra(Difference difference) {
        return difference instanceof Difference.Extra;
    }

    private Map<RowKey, SideRow> rows(List<Difference> of, boolean anywhere) throws IOException {
        return of.isEmpty() ? new HashMap<>() : new HashMap<>(source.read(keys(of), anywhere));
    }

    private List<Difference> differing(
            List<Difference> of, Map<RowKey, SideRow> mysql, Map<RowKey, SideRow> iotdb) {
        List<Difference> differing = new ArrayList<>();
        for (RowKey key : keys(of)) {
            SideRow row = mysql.get(key);
            comparers
                    .get(key.table())
                    .compare(key, row == null ? List.of() : List.of(row), iotdb.get(key))
                    .difference()
                    .ifPresent(differing::add);
        }
        return differing;
    }

    private static Set<RowKey> keys(List<Difference> differences) {
        Set<RowKey> keys = new LinkedHashSet<>();
        differences.forEach(d -> keys.add(d.key()));
        return keys;
    }
}
