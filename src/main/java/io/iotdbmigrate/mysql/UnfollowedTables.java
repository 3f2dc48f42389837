package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a replication from following a table: rows that are those of other tables, and forms
 * in which MariaDB logs rows that the binlog client cannot read, or that do not say what happened.
 */
public final class UnfollowedTables {
    /** Engines whose rows may change without an event that names the table. */
    private static final String ENGINE =
            """
            SELECT engine FROM information_schema.tables
            WHERE table_schema = ? AND table_name = ?
              AND engine IN ('MRG_MYISAM', 'FEDERATED', 'CONNECT', 'SPIDER')""";

    private static final String SQL =
            """
            SELECT NULL, table_type FROM information_schema.tables
            WHERE table_schema = ? AND table_name = ? AND table_type = 'SYSTEM VERSIONED'
            UNION ALL
            SELECT column_name, column_type FROM information_schema.columns
            WHERE table_schema = ? AND table_name = ?
              AND (column_type LIKE '%COMPRESSED*/%' OR column_type LIKE '%mariadb-5.3%')""";

    private static final Pattern DEFINED =
            Pattern.compile(
                    "COMPRESSED\\*/|/\\* mariadb-5\\.3 \\*/|\\n\\).* WITH SYSTEM VERSIONING");

    private UnfollowedTables() {}

    /**
     * A reason.
     *
     * @param problem as the end of a sentence about the table
     * @param remedy what to do
     */
    public record Reason(String problem, String remedy) {}

    /** Lists the reasons against a table. */
    public static List<Reason> of(Connection connection, TableId table) throws SQLException {
        List<Reason> reasons = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ENGINE)) {
            statement.setString(1, table.database());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reasons.add(
                            new Reason(
                                    "is of the engine "
                                            + row.getString(1)
                                            + ", whose rows are those of other tables, and the"
                                            + " binlog has their changes under those names, or not"
                                            + " at all",
                                    "map those tables, as by tables:, or copy it by backfill"
                                            + " only"));
                }
            }
        }
        if (Dialect.of(connection).hasGtidSets()) {
            return reasons;
        }
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            for (int i = 0; i < 2; i++) {
                statement.setString(2 * i + 1, table.database());
                statement.setString(2 * i + 2, table.table());
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reasons.add(reason(row.getString(1), row.getString(2), table));
                }
            }
        }
        return reasons;
    }

    private static Reason reason(@Nullable String column, String type, TableId table) {
        if (column == null) {
            return new Reason(
                    "keeps its history (WITH SYSTEM VERSIONING), and the binlog has the same events"
                            + " for a change and for what is kept",
                    "run ALTER TABLE "
                            + table.table()
                            + " DROP SYSTEM VERSIONING, which drops the history, or copy it by"
                            + " backfill only");
        }
        return type.contains("mariadb-5.3")
                ? new Reason(
                        "has column " + column + " in the form of MariaDB 5.3",
                        "set mysql56_temporal_format = ON and run ALTER TABLE "
                                + table.table()
                                + " FORCE")
                : new Reason(
                        "has the COMPRESSED column "
                                + column
                                + ", whose values the binlog client cannot read",
                        "make the column an ordinary one by ALTER TABLE "
                                + table.table()
                                + " MODIFY, or copy the table by backfill only");
    }

    /** Tells whether a definition that was noted earlier has one of these, whatever it is now. */
    public static boolean isDefinedIn(String createTable) {
        return DEFINED.matcher(createTable).find();
    }
}
