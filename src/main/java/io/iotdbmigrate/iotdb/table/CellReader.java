package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A reader of pivoted tables, whose devices have a name behind their TAGs. Not thread-safe. */
final class CellReader {
    /** Columns of one question. */
    private static final int COLUMNS = 500;

    private final Retries retries;
    private final String database;
    private final CellColumns columns;

    CellReader(Retries retries, String database) {
        this.retries = retries;
        this.database = database;
        this.columns = new CellColumns(retries, database);
    }

    /** Counts the values that devices have; those without any are absent. */
    Map<String, Long> counts(String table, TimeFilter times) throws IOException {
        TableColumns found = KnownTables.columns(retries, database, table);
        List<Map.Entry<String, String>> all = List.copyOf(columns.byName(table, found).entrySet());
        List<String> tags = found.tags();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int from = 0; from < all.size(); from += COLUMNS) {
            List<Map.Entry<String, String>> part =
                    all.subList(from, Math.min(all.size(), from + COLUMNS));
            List<String> select = new ArrayList<>();
            tags.forEach(tag -> select.add(TableSql.name(tag)));
            part.forEach(c -> select.add("count(" + TableSql.name(c.getValue()) + ")"));
            String query =
                    "SELECT "
                            + String.join(", ", select)
                            + " FROM "
                            + TableSql.table(database, table)
                            + TableSql.where(TableSql.is(times))
                            + (tags.isEmpty() ? "" : " GROUP BY " + TableSql.names(tags));
            for (ServerQuery.Row row : TableSql.answer(retries, database, query)) {
                add(table, tags, part, row, counts);
            }
        }
        return counts;
    }

    private static void add(
            String table,
            List<String> tags,
            List<Map.Entry<String, String>> part,
            ServerQuery.Row row,
            Map<String, Long> counts) {
        List<@Nullable String> values = new ArrayList<>();
        tags.forEach(tag -> values.add(row.get(tag)));
        TagValues device = new TagValues(table, values);
        for (int c = 0; c < part.size(); c++) {
            long count = Long.parseLong(row.fields().get(tags.size() + c).getStringValue());
            if (count > 0) {
                counts.put(device.with(part.get(c).getKey()).text(), count);
            }
        }
    }

    /**
     * Reads values of devices.
     *
     * @param devices of one table, with names
     */
    StoredRows rows(TargetType type, Collection<TagValues> devices, TimeFilter times)
            throws IOException {
        Set<String> wanted = devices.stream().map(TagValues::text).collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        devices.forEach(device -> names.add(String.valueOf(device.last())));
        Set<TagValues> rows = new LinkedHashSet<>();
        devices.forEach(device -> rows.add(device.withoutLast()));
        String table = devices.iterator().next().table();
        return rows(table, type, rows, names, times, wanted::contains);
    }

    /** Reads all values of rows, whatever their names. */
    StoredRows wholeRows(String table, TargetType type, Set<TagValues> rows, TimeFilter times)
            throws IOException {
        return rows(table, type, rows, null, times, text -> true);
    }

    private StoredRows rows(
            String table,
            TargetType type,
            Set<TagValues> rows,
            @Nullable Set<String> names,
            TimeFilter times,
            Predicate<String> wanted)
            throws IOException {
        TableColumns found = KnownTables.columns(retries, database, table);
        List<String> read = new ArrayList<>();
        List<ReadColumn> fields = new ArrayList<>();
        columns.byName(table, found)
                .forEach(
                        (name, column) -> {
                            if (names == null || names.contains(name)) {
                                read.add(name);
                                fields.add(new ReadColumn(column, type));
                            }
                        });
        StoredRows whole =
                new TableRows(
                        retries, database, table, found.tags(), fields, List.copyOf(rows), times);
        return new CellRows(whole, read, wanted);
    }
}
