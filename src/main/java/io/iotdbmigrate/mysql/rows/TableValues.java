package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mysql.FilterSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How many values the mapped rows of a table have.
 *
 * @param rows with a device and a time
 * @param values of these rows, by measurement; a zero date is none
 */
public record TableValues(long rows, List<Long> values) {
    public TableValues {
        values = List.copyOf(values);
    }

    /** Counts in one pass over the rows. */
    public static TableValues count(Connection connection, TableMapping mapping)
            throws SQLException {
        List<String> counts = new ArrayList<>();
        counts.add("COUNT(*)");
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            counts.add("COALESCE(SUM(" + CountSql.hasValue(mapping, measurement) + "), 0)");
        }
        String sql =
                "SELECT "
                        + String.join(", ", counts)
                        + " FROM "
                        + FilterSql.source(mapping)
                        + " WHERE NOT "
                        + CountSql.hasNoDevice(mapping)
                        + " AND "
                        + new TimeSql(mapping).value()
                        + " IS NOT NULL";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            List<Long> values = new ArrayList<>();
            for (int i = 2; i <= counts.size(); i++) {
                values.add(row.getLong(i));
            }
            return new TableValues(row.getLong(1), values);
        }
    }
}
