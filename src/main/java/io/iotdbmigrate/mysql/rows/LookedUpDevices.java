package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.PathNode;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TreePath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a table whose names are looked up: MySQL groups the rows, the look-ups name them.
 */
final class LookedUpDevices {
    private final TableMapping mapping;
    private final Set<String> names = new HashSet<>();
    private final Set<String> paths = new HashSet<>();
    private long quoted;
    private @Nullable String quotedExample;
    private long illegalRows;
    private @Nullable String illegalExample;

    private LookedUpDevices(TableMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Counts.
     *
     * @param source of a query
     * @param noDevice condition of rows without a name
     * @param nullRows how many those are
     */
    static TableCounts.Devices count(
            Connection connection,
            TableMapping mapping,
            String source,
            String noDevice,
            long nullRows)
            throws SQLException {
        LookedUpDevices devices = new LookedUpDevices(mapping);
        List<String> columns = mapping.device().columns();
        List<String> select = new ArrayList<>();
        columns.forEach(c -> select.add("MIN(" + CountSql.text(mapping, c) + ")"));
        String sql =
                "SELECT "
                        + String.join(", ", select)
                        + ", COUNT(*) FROM "
                        + source
                        + " WHERE NOT "
                        + noDevice
                        + " GROUP BY "
                        + String.join(", ", CountSql.deviceIdentity(mapping));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Map<String, String> values = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    values.put(columns.get(i), rows.getString(i + 1));
                }
                devices.add(values, rows.getLong(columns.size() + 1));
            }
        }
        return new TableCounts.Devices(
                devices.paths.size(),
                mapping.isTall() ? devices.names.size() : 0,
                nullRows,
                devices.quoted,
                devices.quotedExample,
                devices.illegalRows,
                devices.illegalExample);
    }

    private void add(Map<String, String> values, long rows) {
        for (Map.Entry<String, String> value : values.entrySet()) {
            for (Lookup lookup : mapping.device().lookups(value.getKey())) {
                if (value.getValue() != null
                        && lookup.values().getOrDefault(value.getValue(), "").isEmpty()) {
                    illegal(value.getValue() + ", for which {" + lookup + "} has no name", rows);
                    return;
                }
            }
        }
        if (mapping.device() instanceof TagNaming tags) {
            paths.add(tags.values(values::get).text());
            return;
        }
        List<String> nodes = mapping.template().names(values::get);
        String path = TreePath.of(nodes);
        if (mapping.problem(nodes).isPresent()) {
            illegal(path, rows);
            return;
        }
        names.add(nodes.get(nodes.size() - 1));
        if (paths.add(path) && nodes.stream().skip(1).anyMatch(PathNode::needsQuotes)) {
            quoted++;
            quotedExample = path;
        }
    }

    private void illegal(String example, long rows) {
        illegalRows += rows;
        illegalExample = example;
    }
}
