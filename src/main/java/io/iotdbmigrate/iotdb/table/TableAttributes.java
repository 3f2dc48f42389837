package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.AttributeStore;
import io.iotdbmigrate.iotdb.DeviceGroups;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.UnflushedWrites;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * ATTRIBUTEs of a table's devices. IoTDB has them once for a device, whatever the time of the row
 * they came with, so they are never part of a tablet: who writes them knows which row is the last.
 */
final class TableAttributes implements AttributeStore {
    /**
     * Each device is a term of the query's condition. For statements that gains nothing: an UPDATE
     * of one device takes 1 ms, one of 150 takes 450.
     */
    private static final int DEVICES_A_QUERY = 150;

    private final Retries retries;
    private final String database;
    private final KnownTables tables;
    private final UnflushedWrites unflushed;

    /**
     * @param unflushed of the connection
     */
    TableAttributes(
            Retries retries, String database, KnownTables tables, UnflushedWrites unflushed) {
        this.retries = retries;
        this.database = database;
        this.tables = tables;
        this.unflushed = unflushed;
    }

    @Override
    public Map<Device, Last> last(TableMapping mapping) throws IOException {
        Map<Device, Last> found = new HashMap<>();
        if (tables.columns(mapping.tags().table()).exists()) {
            tables.require(mapping);
            ask(mapping, "", found);
        }
        return found;
    }

    @Override
    public Map<Device, Last> last(TableMapping mapping, Collection<Device> devices)
            throws IOException {
        tables.require(mapping);
        List<String> tags = mapping.tags().names();
        List<TagValues> of = devices.stream().map(d -> TagValues.parse(d.path())).toList();
        Map<Device, Last> found = new HashMap<>();
        for (List<TagValues> group : DeviceGroups.of(of, DEVICES_A_QUERY)) {
            ask(mapping, TableSql.where(TableSql.isOfAny(group, tags)), found);
        }
        return found;
    }

    private void ask(TableMapping mapping, String where, Map<Device, Last> found)
            throws IOException {
        String table = mapping.tags().table();
        List<String> tags = mapping.tags().names();
        List<String> attributes = mapping.attributes().stream().map(Measurement::name).toList();
        List<String> group = new ArrayList<>(tags);
        group.addAll(attributes);
        String last = freeName(group);
        String query =
                "SELECT "
                        + TableSql.names(group)
                        + ", max(time) AS "
                        + TableSql.name(last)
                        + " FROM "
                        + TableSql.table(database, table)
                        + where
                        + " GROUP BY "
                        + TableSql.names(group);
        try {
            List<ServerQuery.Row> rows =
                    retries.call(
                            session -> ServerQuery.all(session, query, TableRows.TIMEOUT_MILLIS));
            for (ServerQuery.Row row : rows) {
                String time = row.get(last);
                if (time != null) {
                    found.put(
                            Device.of(new TagValues(table, values(row, tags)).text()),
                            new Last(
                                    row.fields().get(group.size()).getLongV(),
                                    values(row, attributes)));
                }
            }
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to tell the last rows of table " + table, e);
        }
    }

    private static String freeName(List<String> taken) {
        StringBuilder name = new StringBuilder("last_time");
        while (taken.contains(name.toString())) {
            name.append('_');
        }
        return name.toString();
    }

    private static List<@Nullable String> values(ServerQuery.Row row, List<String> names) {
        List<@Nullable String> values = new ArrayList<>();
        names.forEach(name -> values.add(row.get(name)));
        return values;
    }

    @Override
    public void set(TableMapping mapping, Map<Device, Map<Integer, Optional<String>>> values)
            throws IOException {
        List<String> tags = mapping.tags().names();
        for (Map.Entry<Device, Map<Integer, Optional<String>>> of : values.entrySet()) {
            if (!of.getValue().isEmpty()) {
                String condition =
                        tags.isEmpty()
                                ? ""
                                : TableSql.isOf(TagValues.parse(of.getKey().path()), tags);
                update(mapping, of.getValue(), condition);
            }
        }
    }

    @Override
    public void setLookedUp(TableMapping mapping, int attribute, String key, Optional<String> value)
            throws IOException {
        String tag = mapping.keyTag(mapping.attributes().get(attribute));
        update(
                mapping,
                Map.of(attribute, value),
                TableSql.name(tag) + " = " + TagValues.literal(key));
    }

    private void update(
            TableMapping mapping, Map<Integer, Optional<String>> values, String condition)
            throws IOException {
        tables.require(mapping);
        String table = mapping.tags().table();
        String assignments =
                values.entrySet().stream()
                        .map(
                                of ->
                                        TableSql.name(mapping.attributes().get(of.getKey()).name())
                                                + " = "
                                                + TagValues.literal(of.getValue().orElse(null)))
                        .collect(Collectors.joining(", "));
        String statement =
                "UPDATE "
                        + TableSql.table(database, table)
                        + " SET "
                        + assignments
                        + TableSql.where(condition);
        unflushed.begin();
        try {
            retries.run(session -> session.executeNonQueryStatement(statement));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to set attributes of table " + table, e);
        }
    }
}
