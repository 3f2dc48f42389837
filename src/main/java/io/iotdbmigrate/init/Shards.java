package io.iotdbmigrate.init;

import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables that are alike but for numbers in their names, such as a table a month or a sensor: one
 * mapping stands for all of them.
 *
 * @param tables at least {@link #FEWEST}, in the order of the server
 * @param pattern that matches their names
 * @param name what their names have in common
 */
record Shards(List<TableSchema> tables, String pattern, String name) {
    static final int FEWEST = 3;

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

    Shards {
        tables = List.copyOf(tables);
    }

    /** Finds them. */
    static List<Shards> of(List<TableSchema> schemas) {
        Map<List<Object>, List<TableSchema>> alike = new LinkedHashMap<>();
        for (TableSchema schema : schemas) {
            if (PLAIN.matcher(schema.id().table()).matches()) {
                alike.computeIfAbsent(shape(schema), s -> new ArrayList<>()).add(schema);
            }
        }
        return alike.values().stream()
                .filter(tables -> tables.size() >= FEWEST)
                .map(tables -> of(tables, tables.get(0).id().table()))
                .toList();
    }

    private static List<Object> shape(TableSchema schema) {
        return List.of(
                NUMBER.matcher(schema.id().table()).replaceAll("#"),
                schema.columns(),
                schema.keys().stream().map(TableKey::columns).toList());
    }

    /** Makes the pattern: numbers that all names share stay as they are. */
    private static Shards of(List<TableSchema> tables, String first) {
        StringBuilder pattern = new StringBuilder();
        StringBuilder name = new StringBuilder();
        Matcher number = NUMBER.matcher(first);
        int end = 0;
        for (int i = 0; number.find(); i++) {
            int index = i;
            String text = first.substring(end, number.start());
            end = number.end();
            pattern.append(text);
            name.append(text);
            List<String> values =
                    tables.stream()
                            .map(t -> NUMBER.matcher(t.id().table()).results().toList())
                            .map(found -> found.get(index).group())
                            .distinct()
                            .toList();
            List<Integer> widths = values.stream().map(String::length).distinct().toList();
            if (values.size() == 1) {
                pattern.append(values.get(0));
                name.append(values.get(0));
            } else {
                pattern.append(widths.size() == 1 ? "(\\d{" + widths.get(0) + "})" : "(\\d+)");
            }
        }
        pattern.append(first.substring(end));
        name.append(first.substring(end));
        String common = name.toString().replaceAll("_{2,}", "_").replaceAll("^_|_$", "");
        return new Shards(tables, pattern.toString(), common.isEmpty() ? "tables" : common);
    }

    /** Tells whether a table is one of them. */
    boolean has(TableSchema schema) {
        return tables.contains(schema);
    }

    /** Says which tables they are, for people. */
    String remark() {
        return "stands for "
                + tables.size()
                + " tables: "
                + tables.stream()
                        .limit(FEWEST)
                        .map(t -> t.id().table())
                        .collect(Collectors.joining(", "))
                + (tables.size() > FEWEST ? " and so on" : "");
    }
}
