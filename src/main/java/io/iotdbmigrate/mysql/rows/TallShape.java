package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The signs of a table that has a row for each quantity, such as READING and VALUE: rows of one
 * device and time then differ in one column of few values. Looks at the first rows only.
 */
public final class TallShape {
    /** The percentage of the rows that collapse which the column must keep apart. */
    private static final int APART_PERCENT = 90;

    /** Each value must be that of so many rows on average, or it is no name of a quantity. */
    private static final int ROWS_A_VALUE = 2;

    private static final int MOST_CANDIDATES = 16;

    private TallShape() {}

    /** Returns the name of the column that tells the rows apart; empty if none does. */
    public static Optional<String> find(
            Connection connection, TableMapping mapping, TableSchema schema, Optional<TableKey> key)
            throws SQLException {
        List<Column> candidates =
                schema.columns().stream()
                        .filter(column -> mayName(column, mapping, schema))
                        .limit(MOST_CANDIDATES)
                        .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query(mapping, candidates, key))) {
            row.next();
            long rows = row.getLong(1);
            long points = row.getLong(2);
            Optional<String> best = Optional.empty();
            long fewest = rows / ROWS_A_VALUE + 1;
            for (int i = 0; i < candidates.size(); i++) {
                long kept = row.getLong(3 + 2 * i) - points;
                long values = row.getLong(4 + 2 * i);
                if (kept * 100 >= (rows - points) * APART_PERCENT && values < fewest) {
                    fewest = values;
                    best = Optional.of(candidates.get(i).name());
                }
            }
            return rows == points ? Optional.empty() : best;
        }
    }

    private static boolean mayName(Column column, TableMapping mapping, TableSchema schema) {
        Kind kind = column.type().kind();
        String name = column.name();
        boolean isKey =
                schema.keys().stream()
                        .filter(TableKey::rowsAreUnique)
                        .anyMatch(
                                k ->
                                        k.columns().size() == 1
                                                && k.columns().get(0).equalsIgnoreCase(name));
        return ((kind.isText() && !kind.isAddress()) || kind.isInteger())
                && !isKey
                && mapping.timeColumns().stream().noneMatch(c -> name.equalsIgnoreCase(c.name()))
                && mapping.device().columns().stream().noneMatch(name::equalsIgnoreCase);
    }

    private static String query(
            TableMapping mapping, List<Column> candidates, Optional<TableKey> key) {
        List<String> identity = new ArrayList<>(CountSql.deviceIdentity(mapping));
        identity.add(new TimeSql(mapping).identity());
        String point = String.join(", ", identity);
        List<String> select = new ArrayList<>();
        select.add("COUNT(*)");
        select.add("COUNT(DISTINCT " + point + ")");
        for (Column candidate : candidates) {
            String value = "CAST(COALESCE(" + SqlName.quote(candidate.name()) + ", '') AS BINARY)";
            select.add("COUNT(DISTINCT " + point + ", " + value + ")");
            select.add("COUNT(DISTINCT " + value + ")");
        }
        List<Column> read = new ArrayList<>(candidates);
        mapping.columns().stream()
                .filter(c -> read.stream().noneMatch(r -> lower(r).equals(lower(c))))
                .forEach(read::add);
        return "SELECT "
                + String.join(", ", select)
                + " FROM "
                + TableCounter.sample(mapping, read, key)
                + " WHERE NOT "
                + CountSql.rejected(mapping);
    }

    private static String lower(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }
}
