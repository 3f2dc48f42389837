package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.CorrectedRows;
import io.iotdbmigrate.iotdb.ReadColumn;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.iotdb.StoredRows;
import io.iotdbmigrate.iotdb.TargetReader;
import io.iotdbmigrate.iotdb.TimeFilter;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link TargetReader} for the table model. */
public final class TableReader implements TargetReader {
    private static final String ROWS = "row_count";
    private static final String MARKS = "mark_count";
    private static final TimeFilter ALWAYS = new TimeFilter.Range(Long.MIN_VALUE, Long.MAX_VALUE);

    private final Retries retries;
    private final String database;
    private final KnownTables tables;
    private final CellReader cells;

    /**
     * Creates one over a connection, which it closes.
     *
     * @param database in lower case
     */
    public TableReader(Retries retries, String database) {
        this.retries = retries;
        this.database = database;
        this.tables = new KnownTables(retries, database);
        this.cells = new CellReader(retries, database);
    }

    /** Lists devices that have rows, or had some: a deletion leaves them behind. */
    @Override
    public List<StoredDevice> devices(List<TableMapping> unit) throws IOException {
        TableMapping mapping = unit.get(0);
        String table = mapping.tags().table();
        List<String> tags = mapping.tags().names();
        if (!tables.columns(table).exists()) {
            return List.of();
        }
        tables.require(mapping);
        if (mapping.isPivoted()) {
            return cells.counts(table, ALWAYS).keySet().stream()
                    .map(device -> new StoredDevice(device, List.of()))
                    .toList();
        }
        if (tags.isEmpty()) {
            return TableDevices.of(mapping.tags(), List.of(new TagValues(table, List.of())));
        }
        return TableDevices.of(
                mapping.tags(),
                answer("SHOW DEVICES FROM " + TableSql.table(database, table)).stream()
                        .map(row -> new TagValues(table, tags(row, tags)))
                        .toList());
    }

    /** Returns the condition of first values; empty where there are no corrections. */
    private static String isFirst(TableMapping mapping) {
        return mapping.tags().hasVersions()
                ? TableSql.name(TagNaming.VERSION.name()) + " IS NULL"
                : "";
    }

    private static List<@Nullable String> tags(ServerQuery.Row row, List<String> names) {
        List<@Nullable String> values = new ArrayList<>();
        names.forEach(name -> values.add(row.get(name)));
        return values;
    }

    @Override
    public long countDevices(TableMapping mapping) throws IOException {
        String table = mapping.tags().table();
        if (!tables.columns(table).exists()) {
            return 0;
        }
        if (mapping.isPivoted()) {
            return cells.counts(table, ALWAYS).size();
        }
        List<String> tags = mapping.tags().names();
        if (tags.isEmpty()) {
            return answer("SELECT time FROM " + TableSql.table(database, table) + " LIMIT 1")
                    .size();
        }
        String query =
                "COUNT DEVICES FROM "
                        + TableSql.table(database, table)
                        + TableSql.where(isFirst(mapping));
        return answer(query).stream().mapToLong(row -> row.fields().get(0).getLongV()).sum();
    }

    @Override
    public StoredRows rows(List<ReadColumn> columns, List<StoredDevice> devices, TimeFilter times)
            throws IOException {
        return CorrectedRows.of(devices, columns, plain -> plainRows(columns, plain, times));
    }

    private StoredRows plainRows(
            List<ReadColumn> columns, List<StoredDevice> devices, TimeFilter times)
            throws IOException {
        if (devices.isEmpty()) {
            return new NoRows();
        }
        List<TagValues> of = devices.stream().map(d -> TagValues.parse(d.path())).toList();
        String table = of.get(0).table();
        List<String> tags = tables.columns(table).tags();
        return isPivoted(of.get(0), tags)
                ? cells.rows(columns.get(0).type(), of, times)
                : new TableRows(retries, database, table, tags, columns, of, times);
    }

    /** Tells whether a device has a name behind its TAGs: that of a column. */
    private static boolean isPivoted(TagValues device, List<String> tags) {
        return device.values().size() > tags.size();
    }

    /** Rows of no device. */
    private record NoRows() implements StoredRows {
        @Override
        public io.iotdbmigrate.model.@Nullable TargetRow next() {
            return null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @Override
    public Map<String, RowCount> countRows(
            List<String> measurements,
            @Nullable String mark,
            List<StoredDevice> devices,
            TimeFilter times)
            throws IOException {
        if (devices.isEmpty()) {
            return Map.of();
        }
        String table = TagValues.parse(devices.get(0).path()).table();
        List<String> tags = tables.columns(table).tags();
        Set<String> wanted = devices.stream().map(StoredDevice::path).collect(Collectors.toSet());
        Map<String, RowCount> counts = new HashMap<>();
        wanted.forEach(device -> counts.put(device, new RowCount(0, 0)));
        if (isPivoted(TagValues.parse(devices.get(0).path()), tags)) {
            cells.counts(table, times)
                    .forEach(
                            (device, rows) ->
                                    counts.computeIfPresent(
                                            device, (d, none) -> new RowCount(rows, 0)));
            return counts;
        }
        String groups = TableSql.names(tags);
        String query =
                "SELECT "
                        + (tags.isEmpty() ? "" : groups + ", ")
                        + "count(*) AS "
                        + ROWS
                        + (mark == null ? "" : ", count(" + TableSql.name(mark) + ") AS " + MARKS)
                        + " FROM "
                        + TableSql.table(database, table)
                        + TableSql.where(TableSql.is(times))
                        + (tags.isEmpty() ? "" : " GROUP BY " + groups);
        for (ServerQuery.Row row : answer(query)) {
            String device = new TagValues(table, tags(row, tags)).text();
            if (wanted.contains(device)) {
                counts.put(device, new RowCount(number(row.get(ROWS)), number(row.get(MARKS))));
            }
        }
        return counts;
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    @Override
    public List<Long> countValues(TableMapping mapping) throws IOException {
        String table = mapping.tags().table();
        int size = mapping.measurements().size();
        List<Long> counts = new ArrayList<>();
        if (mapping.isPivoted()) {
            return tables.columns(table).exists()
                    ? List.of(
                            cells.counts(table, ALWAYS).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    : List.of(0L);
        }
        if (size > 0 && tables.columns(table).exists()) {
            String query =
                    mapping.measurements().stream()
                            .map(m -> "count(" + TableSql.name(m.name()) + ")")
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "SELECT ",
                                            " FROM "
                                                    + TableSql.table(database, table)
                                                    + TableSql.where(isFirst(mapping))));
            for (ServerQuery.Row row : answer(query)) {
                row.fields().forEach(f -> counts.add(number(f.getStringValue())));
            }
        }
        while (counts.size() < size) {
            counts.add(0L);
        }
        return counts;
    }

    private List<ServerQuery.Row> answer(String query) throws IOException {
        return TableSql.answer(retries, database, query);
    }

    @Override
    public void close() {
        retries.close();
    }
}
