package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.VerifyReport.Repaired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mends rows of IoTDB: values that MySQL has are written, values that it has not are deleted, each
 * by itself, as a null that is written clears nothing. Both rows are read again first, and a row
 * that MySQL has changed meanwhile is left to replication.
 */
public final class Repair {
    private static final int NOT_REPAIRABLE_SHOWN = 20;

    private final List<TableRules> rules;
    private final SourceRows source;
    private final TargetRows target;

    /**
     * What is to be done about one row.
     *
     * @param write values by measurement, the others null
     * @param delete measurements whose points go
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Action(
            RowKey key,
            @org.jspecify.annotations.Nullable Object[] write,
            int writes,
            List<Integer> delete) {
        public Action {
            delete = List.copyOf(delete);
        }
    }

    public Repair(List<TableRules> rules, SourceRows source, TargetRows target) {
        this.rules = List.copyOf(rules);
        this.source = source;
        this.target = target;
    }

    /**
     * Plans, and carries the plan out if asked to.
     *
     * @param execute false: nothing is written
     */
    public Repaired run(List<Difference> differences, boolean execute) throws IOException {
        List<String> impossible = new ArrayList<>();
        Map<RowKey, Action> actions = new LinkedHashMap<>();
        long left = 0;
        Map<RowKey, Difference> now = execute ? differingNow(differences) : Map.of();
        for (Difference difference : differences) {
            Difference current = execute ? now.get(difference.key()) : difference;
            if (current == null) {
                continue; // Replication has mended it.
            }
            if (!sameSource(difference, current)) {
                left++;
                continue;
            }
            plan(current, impossible).ifPresent(a -> actions.put(a.key(), a));
        }
        long deletes = actions.values().stream().mapToLong(a -> a.delete().size()).sum();
        long writes = actions.values().stream().filter(a -> a.writes() > 0).count();
        long still = execute ? execute(actions, differences) : 0;
        return new Repaired(execute, writes, deletes, left, impossible, still);
    }

    private Optional<Action> plan(Difference difference, List<String> impossible) {
        RowKey key = difference.key();
        TableRules of = rules.get(key.table());
        Object[] write = new Object[of.columns().size()];
        int writes = 0;
        List<Integer> delete = new ArrayList<>();
        for (Cell cell : difference.cells()) {
            int column = of.columns().indexOf(cell.column());
            Optional<String> obstacle = obstacle(of, difference, cell, column);
            if (obstacle.isPresent()) {
                if (impossible.size() < NOT_REPAIRABLE_SHOWN) {
                    impossible.add(key.device() + " at " + key.time() + ": " + obstacle.get());
                }
                return Optional.empty();
            }
            if (cell.mysql() != null) {
                write[column] = cell.mysql().value();
                writes++;
            } else {
                delete.add(column);
            }
        }
        return Optional.of(new Action(key, write, writes, delete));
    }

    private static Optional<String> obstacle(
            TableRules of, Difference difference, Cell cell, int column) {
        if (column < 0) {
            return Optional.of(
                    cell.column() + " marks a row as deleted that MySQL has; delete the mark");
        }
        if (of.hasVersions() && !(difference instanceof Difference.Missing)) {
            return Optional.of(
                    "on_update: version keeps corrections, which are not overwritten; correct it"
                            + " under the device's highest version");
        }
        TargetType wanted = of.types().get(column);
        if (cell.iotdb() != null && cell.mysql() != null && cell.iotdb().type() != wanted) {
            return Optional.of(
                    "series "
                            + cell.column()
                            + " is "
                            + cell.iotdb().type()
                            + ", not "
                            + wanted
                            + "; drop the series, then repair again");
        }
        return Optional.empty();
    }

    private long execute(Map<RowKey, Action> actions, List<Difference> differences)
            throws IOException {
        for (Action action : actions.values()) {
            if (!action.delete().isEmpty()) {
                target.delete(action.key(), action.delete());
            }
            if (action.writes() > 0) {
                target.write(action.key(), action.write());
            }
        }
        target.flush();
        List<Difference> mended =
                differences.stream().filter(d -> actions.containsKey(d.key())).toList();
        return differingNow(mended).size();
    }

    private Map<RowKey, Difference> differingNow(List<Difference> differences) throws IOException {
        Set<RowKey> extra = new LinkedHashSet<>();
        Set<RowKey> known = new LinkedHashSet<>();
        for (Difference d : differences) {
            (d instanceof Difference.Extra ? extra : known).add(d.key());
        }
        Map<RowKey, SideRow> mysql = new LinkedHashMap<>();
        if (!known.isEmpty()) {
            mysql.putAll(source.read(known, false));
        }
        if (!extra.isEmpty()) {
            mysql.putAll(source.read(extra, true));
        }
        Set<RowKey> all = new LinkedHashSet<>(known);
        all.addAll(extra);
        Map<RowKey, SideRow> iotdb = all.isEmpty() ? Map.of() : target.read(all);
        Map<RowKey, Difference> differing = new LinkedHashMap<>();
        for (RowKey key : all) {
            SideRow row = mysql.get(key);
            new RowComparer(rules.get(key.table()))
                    .compare(key, row == null ? List.of() : List.of(row), iotdb.get(key))
                    .difference()
                    .ifPresent(d -> differing.put(key, d));
        }
        return differing;
    }

    /** Whether MySQL still says what it said when the difference was found. */
    private static boolean sameSource(Difference found, Difference now) {
        return source(found).equals(source(now));
    }

    private static List<String> source(Difference difference) {
        return difference.cells().stream()
                .filter(c -> c.mysql() != null || !(difference instanceof Difference.Extra))
                .map(c -> c.column() + "=" + ValueText.of(c.mysql()))
                .toList();
    }
}
