package io.iotdbmigrate.verify;

import io.iotdbmigrate.config.MappingConfig;
import io.iotdbmigrate.config.RowPolicies.OnDuplicate;
import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TypedValue;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A comparer that holds the rows of one key against each other, by the rules of their table. */
public final class RowComparer {
    private final TableRules rules;

    public RowComparer(TableRules rules) {
        this.rules = rules;
    }

    /**
     * What came out.
     *
     * @param collapsed rows of MySQL beyond the one that stands
     * @param expectedExtra IoTDB keeps a row that MySQL deleted, as the mapping wants
     */
    public record Result(Optional<Difference> difference, long collapsed, boolean expectedExtra) {}

    /**
     * @param mysql the rows of MySQL with this key, in any order; empty ones too
     * @param iotdb null if IoTDB has none
     */
    public Result compare(RowKey key, List<SideRow> mysql, @Nullable SideRow iotdb) {
        @Nullable Object[] want = standing(mysql).map(SideRow::values).orElse(null);
        @Nullable Object[] have = iotdb == null ? null : iotdb.values();
        boolean wanted = want != null && !rules.isEmpty(want);
        boolean marked = have != null && rules.isMarked(have);
        boolean there = have != null && !rules.isEmpty(have);
        boolean expectedExtra = false;
        Difference difference = null;
        if (wanted) {
            if (marked) {
                difference = new Difference.Changed(key, List.of(mark(key)));
            } else if (!there) {
                difference = new Difference.Missing(key, cells(key, want, null));
            } else if (rules.comparesValues()) {
                List<Cell> cells = differing(key, want, have);
                difference = cells.isEmpty() ? null : new Difference.Changed(key, cells);
            }
        } else if (there && !marked) {
            boolean emptied = want != null && rules.keepsEmptied();
            expectedExtra = want == null && rules.keepsGone(key.time());
            if (!expectedExtra && !emptied) {
                difference = new Difference.Extra(key, cells(key, null, have));
            }
        }
        return new Result(
                Optional.ofNullable(difference), Math.max(0, mysql.size() - 1), expectedExtra);
    }

    /**
     * Returns the row that stands: of each table the one that {@code on_duplicate} says, and of
     * several tables each column as the last of those that write it and have a row.
     */
    public Optional<SideRow> standing(List<SideRow> mysql) {
        SortedMap<Integer, SideRow> byWriter = new TreeMap<>();
        for (SideRow row : mysql) {
            byWriter.merge(row.writer(), row, this::standing);
        }
        if (byWriter.size() < 2) {
            return byWriter.values().stream().findFirst();
        }
        Object[] values = new Object[rules.columns().size()];
        byWriter.forEach(
                (writer, row) ->
                        rules.writers().get(writer).forEach(c -> values[c] = row.values()[c]));
        SideRow last = byWriter.get(byWriter.lastKey());
        return Optional.of(
                new SideRow(last.side(), last.key(), last.writer(), last.order(), values));
    }

    private SideRow standing(SideRow one, SideRow other) {
        boolean otherIsLater = other.order() >= one.order();
        return otherIsLater == (rules.onDuplicate() != OnDuplicate.FIRST) ? other : one;
    }

    private Cell mark(RowKey key) {
        boolean tall = !rules.columns().isEmpty() && SeriesPath.isTall(rules.columns().get(0));
        String mark = MappingConfig.mark(tall);
        return new Cell(
                SeriesPath.node(key.device(), mark), null, new Value(TargetType.BOOLEAN, true));
    }

    private List<Cell> cells(
            RowKey key, @Nullable Object @Nullable [] want, @Nullable Object @Nullable [] have) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < rules.columns().size(); i++) {
            Cell cell = cell(key, i, want, have);
            if (cell.mysql() != null || cell.iotdb() != null) {
                cells.add(cell);
            }
        }
        return cells;
    }

    private List<Cell> differing(RowKey key, @Nullable Object[] want, @Nullable Object[] have) {
        return cells(key, want, have).stream().filter(c -> !same(c.mysql(), c.iotdb())).toList();
    }

    private Cell cell(
            RowKey key,
            int index,
            @Nullable Object @Nullable [] want,
            @Nullable Object @Nullable [] have) {
        return new Cell(
                SeriesPath.node(key.device(), rules.columns().get(index)),
                want == null ? null : value(index, want[index]),
                have == null ? null : value(index, have[index]));
    }

    private @Nullable Value value(int index, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof TypedValue typed
                ? new Value(typed.type(), typed.value())
                : new Value(rules.types().get(index), value);
    }

    private static boolean same(@Nullable Value a, @Nullable Value b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return a.type() == b.type() && sameBits(a.value(), b.value());
    }

    private static boolean sameBits(Object a, Object b) {
        if (a instanceof Float x && b instanceof Float y) {
            return Float.floatToRawIntBits(x) == Float.floatToRawIntBits(y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y);
        }
        return a instanceof LocalDate x ? x.equals(b) : a.equals(b);
    }
}
