package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.Lookup;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming.Tag;
import io.iotdbmigrate.mysql.FilterSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names in a table's rows that become columns of IoTDB. */
public final class ColumnNames {
    private ColumnNames() {}

    /** Returns them as MySQL spells them, at most so many and one more. */
    public static SortedSet<String> read(Connection connection, TableMapping mapping, int most)
            throws SQLException {
        List<Tag> tags = mapping.tags().tags();
        Tag name = tags.get(tags.size() - 1);
        String column = String.valueOf(mapping.tags().pivotColumn());
        Lookup lookup = name.lookup();
        String sql =
                "SELECT MIN("
                        + CountSql.text(mapping, column)
                        + ") FROM "
                        + mapping.table().quoted()
                        + FilterSql.where(mapping, "NOT " + CountSql.hasNoDevice(mapping))
                        + " GROUP BY "
                        + String.join(", ", CountSql.identity(mapping, List.of(column)))
                        + (lookup == null ? " LIMIT " + (most + 1) : "");
        SortedSet<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String text = rows.getString(1);
                String found = lookup == null ? text : lookup.values().getOrDefault(text, "");
                if (!found.isEmpty()) {
                    names.add(found);
                }
            }
        }
        return names;
    }
}
