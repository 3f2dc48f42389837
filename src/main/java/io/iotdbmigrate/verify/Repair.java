package io.iotdbmigrate.verify;

import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.Repaired.Execution;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The repair of rows of IoTDB: values that MySQL has are written, values that it has not are
 * deleted, each by itself, as a null that is written clears nothing. Where IoTDB has whole rows,
 * one with such a value is deleted and written anew. Both rows are read again first, and a row that
 * MySQL has changed meanwhile is left to replication.
 */
public final class Repair {
    private static final int NOT_REPAIRABLE_SHOWN = 20;
    private static final int EXAMPLES = 10;

    /** More than one of so many rows of a table are not taken away unasked. */
    private static final int TENTH = 10;

    private final List<TableRules> rules;
    private final SourceRows source;
    private final TargetRows target;
    private final Surroundings surroundings;

    /** What a repair asks besides rows. */
    public interface Surroundings extends SourceDevices {

        /** Returns the rows that IoTDB holds of a table. */
        long targetRows(int table);

        /** Tells whether a repair that takes so much away may go on. */
        boolean agrees(String question);

        /** Counts the rows of these devices on both sides: those that differ. */
        Set<DeviceKey> differing(Set<DeviceKey> devices) throws IOException;
    }

    /**
     * What is to be done about one row.
     *
     * @param write values by measurement, the others null
     * @param delete measurements whose points go
     * @param whole whether MySQL has no such row
     * @param overwrites whether a value that IoTDB has is replaced
     * @param row all values of MySQL's row, where IoTDB changes whole rows; null elsewhere
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Action(
            RowKey key,
            @Nullable Object[] write,
            int writes,
            List<Integer> delete,
            boolean whole,
            boolean overwrites,
            @Nullable Object @Nullable [] row) {
        Action {
            delete = List.copyOf(delete);
        }

        DeviceKey device() {
            return new DeviceKey(key.table(), key.device());
        }
    }

    public Repair(
            List<TableRules> rules,
            SourceRows source,
            TargetRows target,
            Surroundings surroundings) {
        this.rules = List.copyOf(rules);
        this.source = source;
        this.target = target;
        this.surroundings = surroundings;
    }

    /** Plans, and carries the plan out as far as the mode says. */
    public Repaired run(List<Difference> differences, RepairMode mode) throws IOException {
        List<String> impossible = new ArrayList<>();
        Map<RowKey, Action> actions = new LinkedHashMap<>();
        long left = 0;
        Now now = mode.executes() ? differingNow(differences) : new Now(Map.of(), Map.of());
        for (Difference difference : differences) {
            Difference current =
                    mode.executes() ? now.differing().get(difference.key()) : difference;
            if (current == null) {
                continue; // Replication has mended it.
            }
            if (!sameSource(difference, current)) {
                left++;
                continue;
            }
            plan(current, now, impossible).ifPresent(a -> actions.put(a.key(), a));
        }
        Repaired.Plan plan = summary(actions.values());
        if (!mode.executes()) {
            return new Repaired(plan, Execution.PLANNED, left, impossible, null);
        }
        boolean deletes = mode == RepairMode.WRITE_AND_DELETE;
        Optional<String> question = question(actions.values(), plan, deletes);
        if (question.isPresent() && !surroundings.agrees(question.get())) {
            return new Repaired(plan, Execution.DECLINED, left, impossible, null);
        }
        execute(actions.values(), deletes);
        return new Repaired(
                plan,
                deletes || plan.pointsToDelete() == 0
                        ? Execution.DONE
                        : Execution.WITHOUT_DELETIONS,
                left,
                impossible,
                after(actions, differences));
    }

    private Repaired.Plan summary(Collection<Action> actions) throws IOException {
        Set<DeviceKey> deleted = new LinkedHashSet<>();
        actions.stream().filter(Action::whole).map(Action::device).forEach(deleted::add);
        if (!deleted.isEmpty()) {
            deleted.removeAll(surroundings.all());
        }
        return new Repaired.Plan(
                actions.stream().filter(a -> a.writes() > 0).count(),
                actions.stream().mapToLong(Action::writes).sum(),
                actions.stream().filter(Action::whole).count(),
                actions.stream().mapToLong(a -> a.delete().size()).sum(),
                deleted.size(),
                deleted.stream().map(DeviceKey::device).limit(EXAMPLES).toList());
    }

    /** Returns what is asked before much is lost; empty if little is. */
    private Optional<String> question(
            Collection<Action> actions, Repaired.Plan plan, boolean deletes) {
        Map<Integer, Long> losing =
                actions.stream()
                        .filter(a -> a.overwrites() || (deletes && !a.delete().isEmpty()))
                        .collect(
                                Collectors.groupingBy(
                                        a -> a.key().table(), TreeMap::new, Collectors.counting()));
        List<String> much = new ArrayList<>();
        losing.forEach(
                (table, rows) -> {
                    long of = surroundings.targetRows(table);
                    if (rows * TENTH > of) {
                        much.add(
                                String.format(
                                        Locale.ROOT,
                                        "%,d of the %,d rows that IoTDB has of %s",
                                        rows,
                                        of,
                                        rules.get(table).name()));
                    }
                });
        String unknown =
                !deletes || plan.unknownDevices() == 0
                        ? ""
                        : "; of "
                                + plan.unknownDevices()
                                + " devices MySQL has no row at all, such as "
                                + plan.examples().get(0);
        return much.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the repair would delete or overwrite "
                                + String.join(", and ", much)
                                + unknown
                                + "; go on?");
    }

    private Optional<Action> plan(Difference difference, Now now, List<String> impossible) {
        RowKey key = difference.key();
        TableRules of = rules.get(key.table());
        Object[] write = new Object[of.columns().size()];
        int writes = 0;
        boolean overwrites = false;
        List<Integer> delete = new ArrayList<>();
        for (Cell cell : difference.cells()) {
            int column = of.column(key.device(), cell.column());
            Optional<String> obstacle = obstacle(of, difference, cell, column);
            if (obstacle.isPresent()) {
                if (impossible.size() < NOT_REPAIRABLE_SHOWN) {
                    impossible.add(key.device() + " at " + key.time() + ": " + obstacle.get());
                }
                return Optional.empty();
            }
            if (cell.mysql() != null) {
                write[column] = written(cell.mysql(), of.types().get(column));
                writes++;
                overwrites |= cell.iotdb() != null;
            } else {
                delete.add(column);
            }
        }
        boolean whole = difference instanceof Difference.Extra;
        SideRow row = of.wholeRows() ? now.mysql().get(key) : null;
        return Optional.of(
                new Action(
                        key,
                        write,
                        writes,
                        delete,
                        whole,
                        overwrites,
                        row == null ? null : row.values()));
    }

    private static Object written(Value value, TargetType type) {
        return value.type() == type ? value.value() : new TypedValue(value.type(), value.value());
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
        if (cell.iotdb() != null
                && cell.mysql() != null
                && cell.iotdb().type() != cell.mysql().type()) {
            return Optional.of(
                    "series "
                            + cell.column()
                            + " is "
                            + cell.iotdb().type()
                            + ", not "
                            + cell.mysql().type()
                            + "; drop the series, then repair again");
        }
        return Optional.empty();
    }

    private void execute(Collection<Action> actions, boolean deletes) throws IOException {
        for (Action action : actions) {
            if (rules.get(action.key().table()).wholeRows()) {
                executeWhole(action, deletes);
                continue;
            }
            if (deletes && !action.delete().isEmpty()) {
                target.delete(action.key(), action.delete());
            }
            if (action.writes() > 0) {
                target.write(action.key(), action.write());
            }
        }
        target.flush();
    }

    private void executeWhole(Action action, boolean deletes) throws IOException {
        boolean deleted = deletes && (action.whole() || !action.delete().isEmpty());
        if (deleted) {
            int columns = rules.get(action.key().table()).columns().size();
            target.delete(action.key(), IntStream.range(0, columns).boxed().toList());
        }
        Object[] row = action.row();
        if (row != null && (deleted || action.delete().isEmpty())) {
            target.write(action.key(), row);
        } else if (action.writes() > 0) {
            target.write(action.key(), action.write());
        }
    }

    /**
     * Counts again rows that were meant, and what else a wrong deletion could have taken: the
     * devices' rows.
     */
    private Repaired.After after(Map<RowKey, Action> actions, List<Difference> differences)
            throws IOException {
        List<Difference> mended =
                differences.stream().filter(d -> actions.containsKey(d.key())).toList();
        Set<DeviceKey> devices = new LinkedHashSet<>();
        actions.values().forEach(action -> devices.add(action.device()));
        return new Repaired.After(
                differingNow(mended).differing().size(),
                devices.size(),
                devices.isEmpty() ? 0 : surroundings.differing(devices).size());
    }

    /**
     * How rows are when they are read once more.
     *
     * @param mysql those that MySQL has
     */
    private record Now(Map<RowKey, Difference> differing, Map<RowKey, SideRow> mysql) {}

    private Now differingNow(List<Difference> differences) throws IOException {
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
        return new Now(differing, mysql);
    }

    /** Tells whether MySQL still says what it said when the difference was found. */
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
