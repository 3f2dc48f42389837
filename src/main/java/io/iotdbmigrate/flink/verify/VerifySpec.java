package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.mapping.UnitColumns;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.KeptTimes;
import io.iotdbmigrate.verify.Scope;
import io.iotdbmigrate.verify.TableRules;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything a comparison needs, as it travels to the cluster.
 *
 * @param source how MySQL is read
 * @param units the tables that are compared as one, most by themselves
 * @param kept of each unit, see {@link TableRules}
 * @param buckets how the rows of every unit are laid out
 * @param firstKey with {@code secondKey} what the hashes of this run are keyed with
 */
public record VerifySpec(
        BackfillSpec source,
        List<TargetUnit> units,
        List<KeptTimes> kept,
        Scope scope,
        Buckets buckets,
        long firstKey,
        long secondKey)
        implements Serializable {
    /** More tables than these are not all named in reports. */
    private static final int NAMED = 3;

    public VerifySpec {
        units = List.copyOf(units);
        kept = List.copyOf(kept);
    }

    /** Returns one for each unit. */
    public List<TableRules> rules() {
        return IntStream.range(0, units.size()).mapToObj(this::rules).toList();
    }

    public TableRules rules(int unit) {
        List<TableMapping> mappings = mappings(unit);
        Map<String, TargetType> types = new LinkedHashMap<>();
        for (TableMapping mapping : mappings) {
            mapping.measurements().forEach(m -> types.putIfAbsent(m.name(), m.type()));
        }
        UnitColumns columns = UnitColumns.of(mappings);
        TableMapping any = mappings.get(0);
        List<String> names = mappings.stream().map(m -> m.name()).toList();
        List<String> entries = mappings.stream().map(m -> m.entry()).distinct().toList();
        return new TableRules(
                name(names),
                entries.size() == 1 ? entries.get(0) : name(names),
                names,
                columns.names(),
                List.copyOf(types.values()),
                columns.writers(),
                any.onUpdate(),
                any.onDelete(),
                any.onDuplicate(),
                kept.get(unit),
                any.keepsEmptyRows());
    }

    /**
     * Returns the name as reports and the journal call the tables of a unit, which are compared as
     * one.
     */
    public static String name(MigrationPlan plan, TargetUnit unit) {
        return name(unit.mappings().stream().map(i -> plan.mappings().get(i).name()).toList());
    }

    private static String name(List<String> tables) {
        return tables.size() <= NAMED
                ? String.join(" + ", tables)
                : tables.get(0)
                        + " + ... + "
                        + tables.get(tables.size() - 1)
                        + " ("
                        + tables.size()
                        + " tables)";
    }

    List<TableMapping> mappings(int unit) {
        return units.get(unit).mappings().stream()
                .map(index -> source.tables().get(index).mapping())
                .toList();
    }

    /**
     * Returns what is read of a unit's devices: its measurements, then the mark of deleted rows.
     */
    List<ReadColumn> columns(int unit) {
        TableRules rules = rules(unit);
        List<ReadColumn> columns = new ArrayList<>();
        for (int i = 0; i < rules.columns().size(); i++) {
            columns.add(new ReadColumn(rules.columns().get(i), rules.types().get(i)));
        }
        if (rules.hasMarks()) {
            columns.add(new ReadColumn(mark(unit), TargetType.BOOLEAN));
        }
        return columns;
    }

    /** Returns the measurement that marks deleted rows, as a path node. */
    String mark(int unit) {
        return mappings(unit).get(0).mark();
    }

    /** Returns the times that are compared. */
    TimeFilter times() {
        return new TimeFilter.Range(scope.since(), scope.last());
    }

    /** Opens a reader of IoTDB, with a connection of its own. */
    TargetReader reader() {
        return Targets.reader(Retries.of(source.iotdb(), source.sink()));
    }

    /** Returns the readers of each side, side by side. */
    public int parallelism() {
        return source.parallelism();
    }

    List<Table> tables() {
        return source.tables();
    }
}
