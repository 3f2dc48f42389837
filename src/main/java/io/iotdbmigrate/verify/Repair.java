package io.iotdbmigrate.verify;

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
    private final Checks checks;

    /** What a repair asks besides rows. */
    public interface Checks extends SourceDevices {

        /** Returns the rows that IoTDB holds of a table. */
        long targetRows(int table);

        /** Tells whether a repair that takes so much away may go on. */
        boolean agrees(String question);

        /** Notes, before the first row is written, that it begins; nothing the second time. */
        void begins() throws IOException;

        /** Counts the rows of these devices on both sides: those that differ. */
        Set<DeviceKey> differing(Set<DeviceKey> devices) throws IOException;
    }

    public Repair(List<TableRules> rules, SourceRows source, TargetRows target, Checks checks) {
        this.rules = List.copyOf(rules);
        this.source = source;
        this.target = target;
        this.checks = checks;
    }

    /** Plans, and carries the plan out as far as the mode says. */
    public Repaired run(List<Difference> differences, RepairMode mode) throws IOException {
        List<String> impossible = new ArrayList<>();
        Map<RowKey, RepairAction> actions = new LinkedHashMap<>();
        long left = 0;
        RereadRows now = mode.executes() ? reread(differences) : RereadRows.NONE;
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
            RowKey key = current.key();
            RepairAction.Plan planned =
                    RepairAction.plan(current, rules.get(key.table()), now.mysql().get(key));
            if (planned.action() != null) {
                actions.put(key, planned.action());
            } else if (impossible.size() < NOT_REPAIRABLE_SHOWN) {
                impossible.add(planned.obstacle());
            }
        }
        Repaired.Plan plan = summary(actions.values());
        if (!mode.executes()) {
            return new Repaired(plan, Execution.PLANNED, left, impossible, null);
        }
        boolean deletes = mode == RepairMode.WRITE_AND_DELETE;
        Optional<String> question = question(actions.values(), plan, deletes);
        if (question.isPresent() && !checks.agrees(question.get())) {
            return new Repaired(plan, Execution.DECLINED, left, impossible, null);
        }
        if (!actions.isEmpty()) {
            checks.begins();
        }
        new RepairWriter(rules, target, deletes).execute(actions.values());
        return new Repaired(
                plan,
                deletes || plan.pointsToDelete() == 0
                        ? Execution.DONE
                        : Execution.WITHOUT_DELETIONS,
                left,
                impossible,
                after(actions, differences));
    }

    private Repaired.Plan summary(Collection<RepairAction> actions) throws IOException {
        Set<DeviceKey> deleted = new LinkedHashSet<>();
        actions.stream()
                .filter(RepairAction::whole)
                .map(RepairAction::device)
                .forEach(deleted::add);
        if (!deleted.isEmpty()) {
            deleted.removeAll(checks.all());
        }
        return new Repaired.Plan(
                actions.stream().filter(a -> a.writes() > 0).count(),
                actions.stream().mapToLong(RepairAction::writes).sum(),
                actions.stream().filter(RepairAction::whole).count(),
                actions.stream().mapToLong(a -> a.delete().size()).sum(),
                deleted.size(),
                deleted.stream().map(DeviceKey::device).limit(EXAMPLES).toList());
    }

    /** Returns what is asked before much is lost; empty if little is. */
    private Optional<String> question(
            Collection<RepairAction> actions, Repaired.Plan plan, boolean deletes) {
        Map<Integer, Long> losing =
                actions.stream()
                        .filter(a -> a.overwrites() || (deletes && !a.delete().isEmpty()))
                        .collect(
                                Collectors.groupingBy(
                                        a -> a.key().table(), TreeMap::new, Collectors.counting()));
        List<String> much = new ArrayList<>();
        losing.forEach(
                (table, rows) -> {
                    long of = checks.targetRows(table);
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

    /**
     * Counts again rows that were meant, and what else a wrong deletion could have taken: the
     * devices' rows.
     */
    private Repaired.After after(Map<RowKey, RepairAction> actions, List<Difference> differences)
            throws IOException {
        List<Difference> mended =
                differences.stream().filter(d -> actions.containsKey(d.key())).toList();
        Set<DeviceKey> devices = new LinkedHashSet<>();
        actions.values().forEach(action -> devices.add(action.device()));
        return new Repaired.After(
                reread(mended).differing().size(),
                devices.size(),
                devices.isEmpty() ? 0 : checks.differing(devices).size());
    }

    private RereadRows reread(List<Difference> differences) throws IOException {
        return RereadRows.read(rules, source, target, differences);
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
