package io.iotdbmigrate.mysql;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How many values a table has.
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
            Column column = mapping.columns().get(measurement.column());
            String name = SqlName.quote(column.name());
            counts.add(
                    CountSql.isDated(column.type())
                            ? "COUNT(CASE WHEN NOT "
                                    + CountSql.isZeroDate(column)
                                    + " THEN "
                                    + name
                                    + " END)"
                            : "COUNT(" + name + ")");
        }
        String sql =
                "SELECT "
                        + String.join(", ", counts)
                        + " FROM "
                        + mapping.table().quoted()
                        + " WHERE NOT "
                        + CountSql.hasNoDevice(mapping)
                        + " AND "
                        + CountSql.time(mapping)
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
