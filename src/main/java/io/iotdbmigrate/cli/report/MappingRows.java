package io.iotdbmigrate.cli.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The rows of a report about tables: one for each entry of the config and one below it for each
 * table that needs attention, or one for each table.
 *
 * @param <T> the figures of a table
 * @param name of a table
 * @param mapping the entry that a table is of
 * @param tables how many tables the figures are of
 * @param plus adds figures up
 * @param attention whether figures are such that a person should look at them
 */
record MappingRows<T>(
        Function<T, String> name,
        Function<T, String> mapping,
        ToIntFunction<T> tables,
        BinaryOperator<T> plus,
        Predicate<T> attention) {
    /** Tables of one entry that are shown. */
    private static final int SHOWN = 20;

    /** A row: what it is about, and the figures. */
    record Row<T>(String title, T figures) {}

    /**
     * Returns the rows.
     *
     * @param byTable whether each table has a row
     * @param more gets a sentence where not all tables that need attention are shown
     */
    List<Row<T>> of(List<T> all, boolean byTable, List<String> more) {
        if (byTable) {
            return all.stream().map(one -> new Row<>(name.apply(one), one)).toList();
        }
        List<Row<T>> rows = new ArrayList<>();
        for (List<T> entry : entries(all)) {
            T sum = entry.stream().reduce(plus).orElseThrow();
            int count = entry.stream().mapToInt(tables).sum();
            if (count == 1) {
                rows.add(new Row<>(name.apply(sum), sum));
                continue;
            }
            rows.add(new Row<>(mapping.apply(sum) + " (" + count + " tables)", sum));
            List<T> noted =
                    entry.size() == 1 ? List.of() : entry.stream().filter(attention).toList();
            noted.stream()
                    .limit(SHOWN)
                    .forEach(one -> rows.add(new Row<>("  " + name.apply(one), one)));
            if (noted.size() > SHOWN) {
                more.add(
                        "%d more tables of %s need attention; --by-table shows each"
                                .formatted(noted.size() - SHOWN, mapping.apply(sum)));
            }
        }
        return rows;
    }

    /** Returns the tables of each entry. Two entries that read alike have the same table twice. */
    private List<List<T>> entries(List<T> all) {
        Map<String, List<T>> entries = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            int number = 0;
            while (!seen.add(number + " " + mapping.apply(one) + "\n" + name.apply(one))) {
                number++;
            }
            entries.computeIfAbsent(number + " " + mapping.apply(one), e -> new ArrayList<>())
                    .add(one);
        }
        return List.copyOf(entries.values());
    }
}
