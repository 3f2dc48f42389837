package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.TableRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the rows of each mapping lie among the columns of the unit that it belongs to. */
final class UnitLayout {
    private final int[] unitOf;
    private final int[] writerOf;
    private final List<Member> members = new ArrayList<>();

    /**
     * One mapping.
     *
     * @param columns of the unit, by the mapping's measurement; null where both are the same
     * @param types of its measurements that are not those of the unit's columns, else null
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Member(
            int @Nullable [] columns, @Nullable TargetType[] types, int unitColumns) {}

    UnitLayout(VerifySpec spec) {
        List<TargetUnit> units = spec.units();
        unitOf = TargetUnit.unitOf(units);
        writerOf = new int[unitOf.length];
        List<TableRules> rules = spec.rules();
        for (int mapping = 0; mapping < unitOf.length; mapping++) {
            int unit = unitOf[mapping];
            writerOf[mapping] = units.get(unit).mappings().indexOf(mapping);
            members.add(
                    member(
                            spec.source().tables().get(mapping).mapping(),
                            rules.get(unit),
                            mapping));
        }
    }

    private Member member(TableMapping mapping, TableRules of, int index) {
        List<Integer> columns = of.writers().get(writerOf[index]);
        TargetType[] types = new TargetType[columns.size()];
        boolean same = columns.equals(IntStream.range(0, of.columns().size()).boxed().toList());
        for (int m = 0; m < types.length; m++) {
            TargetType own = mapping.measurements().get(m).type();
            types[m] = own == of.types().get(columns.get(m)) ? null : own;
            same &= types[m] == null;
        }
        return new Member(
                same ? null : columns.stream().mapToInt(Integer::intValue).toArray(),
                types,
                of.columns().size());
    }

    int unit(int mapping) {
        return unitOf[mapping];
    }

    /** Returns which of the unit's tables it is, in the declared order. */
    int writer(int mapping) {
        return writerOf[mapping];
    }

    /** Returns a row's values as the unit has them; the same array where nothing is different. */
    @Nullable Object[] values(int mapping, @Nullable Object[] values) {
        Member member = members.get(mapping);
        int[] columns = member.columns();
        if (columns == null) {
            return values;
        }
        Object[] laidOut = new Object[member.unitColumns()];
        for (int m = 0; m < columns.length; m++) {
            TargetType type = member.types()[m];
            Object value = values[m];
            laidOut[columns[m]] =
                    value == null || type == null ? value : new TypedValue(type, value);
        }
        return laidOut;
    }
}
