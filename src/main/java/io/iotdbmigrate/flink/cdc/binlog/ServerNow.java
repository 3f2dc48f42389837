package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.mapping.FollowedTable;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.SchemaReader;
import io.iotdbmigrate.mysql.WaysIn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What MySQL has now, which the binlog may not have reached yet, or has passed long ago. Each
 * question has a connection of its own. Thread-safe.
 */
final class ServerNow implements Cascades.KeyReader {
    private static final String GENERATED =
            "SELECT column_name, generation_expression FROM information_schema.columns WHERE"
                    + " table_schema = ? AND table_name = ? AND generation_expression <> ''";

    private final CdcSpec spec;

    ServerNow(CdcSpec spec) {
        this.spec = spec;
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T answer(String about, Question<T> question) {
        try (Connection own = MySqlConnections.connect(spec.mysql())) {
            return question.ask(own);
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL does not " + about, e);
        }
    }

    /** Tells whether it has no such table. */
    boolean isGone(TableId table) {
        return answer(
                "say whether it has " + table, own -> new SchemaReader(own).read(table).isEmpty());
    }

    /** Returns the columns of a table that it computes, in lower case, and of what. */
    Map<String, String> generated(TableId table) {
        return answer(
                "say which columns of " + table + " it computes",
                own -> {
                    Map<String, String> expressions = new HashMap<>();
                    try (PreparedStatement select = own.prepareStatement(GENERATED)) {
                        select.setString(1, table.database());
                        select.setString(2, table.table());
                        try (ResultSet rows = select.executeQuery()) {
                            while (rows.next()) {
                                expressions.put(
                                        rows.getString(1).toLowerCase(Locale.ROOT),
                                        rows.getString(2));
                            }
                        }
                    }
                    return expressions;
                });
    }

    /** Returns the keys that let no two rows of a table be alike; none without the table. */
    List<TableKey> uniqueKeys(TableId table) {
        return answer(
                "list the keys of " + table,
                own ->
                        new SchemaReader(own)
                                .read(table)
                                .map(TableSchema::uniqueKeys)
                                .orElse(List.of()));
    }

    @Override
    public List<CascadingKeys.Key> read() {
        return answer(
                "list its foreign keys",
                own ->
                        CascadingKeys.reaching(
                                own,
                                spec.mappings().stream()
                                        .map(TableMapping::table)
                                        .distinct()
                                        .toList()));
    }

    @Override
    public boolean areLogged() {
        return answer("say how its foreign keys work", CascadingKeys::areLogged);
    }

    /** Finds a way by which a statement of another database may change rows of mapped tables. */
    Optional<WaysIn.Way> wayIn() {
        return answer(
                "list its views, triggers and routines",
                own ->
                        WaysIn.find(
                                own, spec.followed().stream().map(FollowedTable::table).toList()));
    }
}
