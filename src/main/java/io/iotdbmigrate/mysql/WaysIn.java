package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ways by which a statement about tables of other databases may change rows of mapped tables:
 * views, triggers and routines that name one of their databases.
 */
public final class WaysIn {
    /** What a user needs to see all of them. */
    public static final List<String> GRANTS = List.of("SELECT", "SHOW VIEW", "TRIGGER");

    private static final List<String> QUERIES =
            List.of(
                    "SELECT 'view', table_schema, table_name, view_definition"
                            + " FROM information_schema.views",
                    "SELECT 'trigger', trigger_schema, trigger_name, action_statement"
                            + " FROM information_schema.triggers",
                    "SELECT LOWER(routine_type), routine_schema, routine_name, routine_definition"
                            + " FROM information_schema.routines");
    private static final List<String> OF_THE_SERVER = List.of("mysql", "sys");

    private static final Way HIDDEN =
            new Way(
                    "views, triggers and routines of other databases, by which it may have changed"
                            + " mapped tables, are hidden from a user without "
                            + String.join(", ", GRANTS)
                            + " on *.*",
                    true);

    private WaysIn() {}

    /**
     * A way, or that there may be one.
     *
     * @param sentence what it does, as the end of a sentence
     * @param hidden whether {@link #GRANTS} would show if there is one
     */
    public record Way(String sentence, boolean hidden) {
        /**
         * Returns one that is there.
         *
         * @param what completes "it may have changed mapped tables by"
         */
        public static Way by(String what) {
            return new Way("it may have changed mapped tables by " + what, false);
        }
    }

    /**
     * Finds one that there is now.
     *
     * @return one that is seen rather than that some are hidden; empty if there is none
     */
    public static Optional<Way> find(Connection connection, Collection<TableId> tables)
            throws SQLException {
        Set<String> databases =
                tables.stream()
                        .map(t -> t.database().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        Optional<Way> hidden = Optional.empty();
        GlobalGrants grants = GlobalGrants.of(connection);
        if (!GRANTS.stream().allMatch(grants::has)) {
            hidden = Optional.of(HIDDEN);
        }
        for (String query : QUERIES) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    String schema = row.getString(2).toLowerCase(Locale.ROOT);
                    String body = row.getString(4);
                    boolean own = databases.contains(schema) || OF_THE_SERVER.contains(schema);
                    String name =
                            "%s %s.%s"
                                    .formatted(
                                            row.getString(1), row.getString(2), row.getString(3));
                    if (!own && body != null && names(body, databases)) {
                        return Optional.of(Way.by("the " + name));
                    }
                    if (!own && body == null && hidden.isEmpty()) {
                        hidden = Optional.of(Way.by("the " + name + ", whose body is hidden"));
                    }
                }
            }
        }
        return hidden;
    }

    private static boolean names(String body, Set<String> databases) {
        return SqlTokens.of(body).stream()
                .anyMatch(t -> t.isName() && databases.contains(t.folded()));
    }
}
