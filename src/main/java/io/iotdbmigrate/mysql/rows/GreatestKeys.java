package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.VisibleCommits;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The question to MySQL which primary key is the greatest of each of some tables. A row with a
 * greater one is newer than all that its binlog has until then.
 */
public final class GreatestKeys {
    private GreatestKeys() {}

    /**
     * Asks for tables with a key of one column.
     *
     * @return by mapping; without tables that are empty or gone
     * @throws IOException if MySQL does not answer
     */
    public static Map<TableMapping, Long> of(MySqlConfig config, Collection<TableMapping> mappings)
            throws IOException {
        Map<TableMapping, Long> greatest = new HashMap<>();
        if (mappings.isEmpty()) {
            return greatest;
        }
        try (Connection connection = MySqlConnections.connect(config);
                Statement select = connection.createStatement()) {
            VisibleCommits.await(connection);
            for (TableMapping mapping : mappings) {
                ask(select, mapping, greatest);
            }
            return greatest;
        } catch (SQLException e) {
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
    }

    private static void ask(
            Statement select, TableMapping mapping, Map<TableMapping, Long> greatest)
            throws SQLException {
        String key = mapping.columns().get(mapping.keyColumns().get(0)).name();
        try (ResultSet row =
                select.executeQuery(
                        "SELECT MAX("
                                + SqlName.quote(key)
                                + ") FROM "
                                + mapping.table().quoted())) {
            if (row.next() && row.getObject(1) instanceof Number number) {
                greatest.put(mapping, number.longValue());
            }
        } catch (SQLException e) {
            if (!DuplicateRows.isGone(mapping, e)) {
                throw e;
            }
        }
    }
}
