package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks again at rows that differed while replication runs: MySQL's row is read, then its position,
 * and when replication has applied that, IoTDB's row, then MySQL's once more. A row is equal if
 * IoTDB has either of MySQL's two. What differs every time, differs.
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
        for (int i = 0; i < times && !left.isEmpty(); i++) {
            catchUp.pauseBefore(i);
            Map<RowKey, SideRow> before = rowsOf(left);
            CatchUp.Result applied = catchUp.await();
            if (!applied.reached()) {
                return new Result(left, at, catchUp.late(applied));
            }
            Map<RowKey, SideRow> iotdb = target.read(keys(left));
            left = differing(before, iotdb, rowsOf(left));
            at = applied.at();
        }
        return new Result(left, at, null);
    }

    /** A row that MySQL did not have may come to be anywhere in the table. */
    private Map<RowKey, SideRow> rowsOf(List<Difference> differences) throws IOException {
        List<Difference> known = new ArrayList<>();
        List<Difference> unknown = new ArrayList<>();
        for (Difference difference : differences) {
            (difference instanceof Difference.Extra ? unknown : known).add(difference);
        }
        Map<RowKey, SideRow> rows = new LinkedHashMap<>();
        if (!known.isEmpty()) {
            rows.putAll(source.read(keys(known), false));
        }
        if (!unknown.isEmpty()) {
            rows.putAll(source.read(keys(unknown), true));
        }
        // A difference's key is remembered even if neither side has it any longer.
        differences.forEach(d -> rows.putIfAbsent(d.key(), absent(d.key())));
        return rows;
    }

    /** Stands for no row. */
    private static SideRow absent(RowKey key) {
        return new SideRow(SideRow.Side.MYSQL, key, -1, new Object[0]);
    }

    private List<Difference> differing(
            Map<RowKey, SideRow> before, Map<RowKey, SideRow> iotdb, Map<RowKey, SideRow> after) {
        List<Difference> left = new ArrayList<>();
        for (RowKey key : after.keySet()) {
            SideRow there = iotdb.get(key);
            Optional<Difference> now = compare(key, after.get(key), there);
            if (now.isPresent() && compare(key, before.get(key), there).isPresent()) {
                left.add(now.get());
            }
        }
        return left;
    }

    private Optional<Difference> compare(
            RowKey key, @Nullable SideRow mysql, @Nullable SideRow iotdb) {
        List<SideRow> rows = mysql == null || mysql.order() < 0 ? List.of() : List.of(mysql);
        return comparers.get(key.table()).compare(key, rows, iotdb).difference();
    }

    private static Set<RowKey> keys(List<Difference> differences) {
        Set<RowKey> keys = new LinkedHashSet<>();
        differences.forEach(d -> keys.add(d.key()));
        return keys;
    }
}
