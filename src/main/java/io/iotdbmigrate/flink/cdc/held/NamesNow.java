package io.iotdbmigrate.flink.cdc.held;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.MySqlConnections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names that the tables of one target have in MySQL now, as far as a pattern matches them.
 *
 * @param followed those that the replication follows, with the time at which each table was made:
 *     tables that swap their names keep theirs
 * @param missing how many of those that it follows are not there
 * @param others those that it does not follow yet
 */
public record NamesNow(Set<String> followed, int missing, Set<String> others) {
    public NamesNow {
        followed = Set.copyOf(followed);
        others = Set.copyOf(others);
    }

    /**
     * Asks MySQL.
     *
     * @throws IOException if it is away
     */
    public static NamesNow of(MySqlConfig mysql, List<TableMapping> mappings) throws IOException {
        Set<TableId> wanted =
                mappings.stream().map(TableMapping::table).collect(Collectors.toSet());
        Set<String> databases =
                wanted.stream()
                        .map(TableId::database)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> followed = new HashSet<>();
        Set<String> others = new HashSet<>();
        String sql =
                "SELECT table_schema, table_name, create_time FROM information_schema.tables WHERE"
                        + " table_type = 'BASE TABLE' AND table_schema = ?";
        try (Connection connection = MySqlConnections.connect(mysql);
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (String database : databases) {
                select.setString(1, database);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        TableId table = new TableId(rows.getString(1), rows.getString(2));
                        if (wanted.contains(table)) {
                            followed.add(table + " of " + rows.getString(3));
                        } else if (mappings.stream()
                                .anyMatch(m -> m.patternOf(table).isPresent())) {
                            others.add(table.toString());
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
        return new NamesNow(followed, wanted.size() - followed.size(), others);
    }

    /**
     * Tells whether a table that is followed may stand under a name that is not: the binlog tells
     * of it later.
     */
    public boolean mayHideRows() {
        return missing > 0 && !others.isEmpty();
    }
}
