package io.iotdbmigrate.mysql;

import io.iotdbmigrate.config.RowPolicies.OnCascade;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableId;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Foreign keys by which a change of one table changes rows of another. InnoDB does that below the
 * binlog, which has the first table's event only. From MySQL 9.6 on the server does it above, and
 * logs both.
 */
public final class CascadingKeys {
    /** There from 9.6 on; while it is OFF, the server logs what its keys change. */
    private static final String NATIVE = "innodb_native_foreign_keys";

    /**
     * In the place of a rule. MariaDB shows the keys to a user who may SELECT, and the rules to one
     * who may do something else, too.
     */
    private static final String HIDDEN = "HIDDEN";

    private static final String KEYS =
            """
            SELECT k.table_schema, k.table_name, k.constraint_name,
                   COALESCE(r.delete_rule, 'HIDDEN'), COALESCE(r.update_rule, 'HIDDEN'),
                   k.referenced_table_schema, k.referenced_table_name, c.ordinal_position,
                   k.column_name,
                   (SELECT COUNT(*) FROM information_schema.columns w
                    WHERE w.table_schema = k.referenced_table_schema
                      AND w.table_name = k.referenced_table_name)
            FROM information_schema.key_column_usage k
            LEFT JOIN information_schema.referential_constraints r
              ON k.constraint_schema = r.constraint_schema
             AND k.constraint_name = r.constraint_name
             AND k.table_schema = r.constraint_schema AND k.table_name = r.table_name
            LEFT JOIN information_schema.columns c
              ON c.table_schema = k.referenced_table_schema
             AND c.table_name = k.referenced_table_name
             AND c.column_name = k.referenced_column_name
            WHERE k.referenced_table_name IS NOT NULL
              AND (r.constraint_name IS NULL
                   OR r.delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
                   OR r.update_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT'))
            """;

    private CascadingKeys() {}

    /**
     * One key.
     *
     * @param child whose rows change
     * @param parent whose change does it
     * @param onDelete the rule for deletions, as MySQL spells it
     * @param onUpdate the rule for updates, as MySQL spells it
     * @param columns of the child, in lower case, by the indexes of the parent's columns that they
     *     refer to, from 0; empty if these are not known
     * @param width how many columns the parent has; 0 if that is not known
     */
    public record Key(
            TableId child,
            String name,
            TableId parent,
            String onDelete,
            String onUpdate,
            Map<Integer, String> columns,
            int width)
            implements Serializable {
        public Key {
            columns = Map.copyOf(columns);
        }

        /** Returns it without the places of columns, which the parent has in another order. */
        public Key withoutColumns() {
            return new Key(child, name, parent, onDelete, onUpdate, Map.of(), 0);
        }

        /** Tells whether what is known of columns holds for rows of so many. */
        public boolean fits(int rowWidth) {
            return columns.isEmpty() || width == rowWidth;
        }

        /** Tells whether a row that is deleted changes others. */
        public boolean cascadesDeletes() {
            return cascades(onDelete);
        }

        /** Tells whether a row whose columns change changes others. */
        public boolean cascadesUpdates() {
            return cascades(onUpdate);
        }

        private static boolean cascades(String rule) {
            return !rule.equals("RESTRICT") && !rule.equals("NO ACTION");
        }

        /** Returns the rules that change rows, as in a definition. */
        public String rules() {
            if (onDelete.equals(HIDDEN)) {
                return "by rules that are hidden from a user without REFERENCES on the table";
            }
            List<String> rules = new ArrayList<>();
            if (cascadesDeletes()) {
                rules.add("ON DELETE " + onDelete);
            }
            if (cascadesUpdates()) {
                rules.add("ON UPDATE " + onUpdate);
            }
            return String.join(" ", rules);
        }
    }

    /**
     * Finds the keys that reach any of the tables, also by way of others; none where the server
     * logs what they change.
     */
    public static List<Key> reaching(Connection connection, Collection<TableId> tables)
            throws SQLException {
        if (areLogged(connection)) {
            return List.of();
        }
        List<Key> all = read(connection);
        List<Key> found = new ArrayList<>();
        Set<TableId> seen = new HashSet<>(tables);
        Deque<TableId> open = new ArrayDeque<>(tables);
        while (!open.isEmpty()) {
            TableId child = open.remove();
            for (Key key : all) {
                if (key.child().equals(child)) {
                    found.add(key);
                    if (seen.add(key.parent())) {
                        open.add(key.parent());
                    }
                }
            }
        }
        return found;
    }

    /**
     * Tells whether a replication can read anew what a key changes: with {@code on_cascade:
     * reread}, where the key names the devices of its child. Then whole devices come and go.
     *
     * @param all the keys that reach mapped tables: what a child changes itself is not known
     */
    public static boolean canReread(Key key, Collection<Key> all, List<TableMapping> mappings) {
        List<TableMapping> ofChild =
                mappings.stream().filter(m -> m.table().equals(key.child())).toList();
        return !ofChild.isEmpty()
                && !key.onDelete().equals(HIDDEN)
                && !key.columns().isEmpty()
                && all.stream().noneMatch(other -> other.parent().equals(key.child()))
                && ofChild.stream().allMatch(m -> namesDevices(key, m))
                && TargetUnit.of(mappings).stream()
                        .filter(TargetUnit::isShared)
                        .flatMap(unit -> unit.mappings().stream())
                        .noneMatch(i -> mappings.get(i).table().equals(key.child()));
    }

    private static boolean namesDevices(Key key, TableMapping mapping) {
        return mapping.onCascade() == OnCascade.REREAD
                && key.columns().values().stream()
                        .allMatch(
                                column ->
                                        mapping.device().hasInNodeOfItsOwn(column)
                                                && isTold(
                                                        mapping.columns()
                                                                .get(mapping.columnIndex(column))
                                                                .type()
                                                                .kind()));
    }

    /** Tells whether a value of a kind can be told from the parent's row in the binlog. */
    private static boolean isTold(Kind kind) {
        return switch (kind) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, DECIMAL, DATE -> true;
            case CHAR, VARCHAR, BINARY, VARBINARY -> true;
            case BIT, FLOAT, DOUBLE, TEXT, ENUM, SET, JSON, BLOB, DATETIME, TIMESTAMP, TIME ->
                    false;
            case UUID, INET4, INET6, UNSUPPORTED -> false;
        };
    }

    /** Tells whether the server logs what its keys change. */
    public static boolean areLogged(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SHOW GLOBAL VARIABLES LIKE '" + NATIVE + "'")) {
            return row.next() && row.getString(2).equals("OFF");
        }
    }

    private static List<Key> read(Connection connection) throws SQLException {
        Map<String, Key> keys = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                int position = row.getInt(8);
                boolean known = !row.wasNull();
                TableId child = new TableId(row.getString(1), row.getString(2));
                Key one =
                        new Key(
                                child,
                                row.getString(3),
                                new TableId(row.getString(6), row.getString(7)),
                                row.getString(4),
                                row.getString(5),
                                known
                                        ? Map.of(
                                                position - 1,
                                                row.getString(9).toLowerCase(Locale.ROOT))
                                        : Map.of(),
                                row.getInt(10));
                keys.merge(child + " " + one.name(), one, CascadingKeys::both);
            }
        }
        return List.copyOf(keys.values());
    }

    private static Key both(Key one, Key other) {
        Map<Integer, String> columns = new HashMap<>(one.columns());
        columns.putAll(other.columns());
        return new Key(
                one.child(),
                one.name(),
                one.parent(),
                one.onDelete(),
                one.onUpdate(),
                columns,
                one.width());
    }
}
