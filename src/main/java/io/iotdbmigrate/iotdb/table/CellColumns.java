package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;

/**
 * The columns of pivoted tables, and the name that each stands for. IoTDB has names in lower case,
 * so how MySQL spells them is noted in a table of its own, before a column is added. Not
 * thread-safe.
 */
final class CellColumns {
    /** Names of one statement. */
    private static final int NAMES = 200;

    private static final Duration CREATION = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Retries retries;
    private final String database;

    /** Columns that are there for sure, with the name that each stands for, by table. */
    private final Map<String, Map<String, String>> known = new HashMap<>();

    private long losses;

    CellColumns(Retries retries, String database) {
        this.retries = retries;
        this.database = database;
    }

    private static String notes(String table) {
        return "_names_" + table;
    }

    /**
     * Makes sure that there are columns of these names.
     *
     * @throws UserException exit code 5, if another name has the column of one already
     */
    void require(TableMapping mapping, Collection<String> names) throws IOException {
        String table = mapping.tags().table();
        if (retries.losses() != losses) {
            losses = retries.losses();
            known.clear();
        }
        Map<String, String> there = known.get(table);
        if (there != null && spells(there, names, table)) {
            return;
        }
        TargetType type = mapping.measurements().get(0).type();
        List<String> fresh = missing(spelled(table), names, table);
        if (!fresh.isEmpty()) {
            note(table, fresh);
        }
        // Another writer may have noted other spellings meanwhile.
        Map<String, String> all = spelled(table);
        if (!spells(all, names, table)) {
            throw new IOException("the server forgot the names of columns; it was restarted");
        }
        List<String> columns =
                TableColumns.names(columns(table).fields()).stream().sorted().toList();
        for (String column : all.keySet()) {
            if (!columns.contains(column)) {
                execute(
                        "ALTER TABLE "
                                + TableSql.table(database, table)
                                + " ADD COLUMN IF NOT EXISTS "
                                + TableSql.name(column)
                                + " "
                                + type
                                + " FIELD",
                        "to add the column " + column + " to table " + table);
            }
        }
        known.put(table, all);
    }

    /** Tells whether all names have columns. */
    private static boolean spells(
            Map<String, String> there, Collection<String> names, String table) {
        return missing(there, names, table).isEmpty();
    }

    private static List<String> missing(
            Map<String, String> there, Collection<String> names, String table) {
        Map<String, String> all = new HashMap<>(there);
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            String other = all.putIfAbsent(TagNaming.column(name), name);
            if (other == null) {
                missing.add(name);
            } else if (!other.equals(name)) {
                throw clash(table, other, name);
            }
        }
        return missing;
    }

    private static UserException clash(String table, String one, String other) {
        return new UserException(
                ExitCode.IOTDB,
                "the names "
                        + one
                        + " and "
                        + other
                        + " would be one column of table "
                        + table
                        + ", for IoTDB compares names in lower case; spell them alike in MySQL, or"
                        + " leave out pivot: true, so that the name is a TAG");
    }

    private void note(String table, List<String> names) throws IOException {
        String notes = TableSql.table(database, notes(table));
        execute(
                "CREATE TABLE IF NOT EXISTS "
                        + notes
                        + " (field STRING TAG, name STRING TAG, known BOOLEAN FIELD)"
                        + " WITH (TTL='INF')",
                "to create table " + notes(table));
        for (int from = 0; from < names.size(); from += NAMES) {
            execute(
                    names.subList(from, Math.min(names.size(), from + NAMES)).stream()
                            .map(
                                    name ->
                                            "(0, "
                                                    + TagValues.literal(TagNaming.column(name))
                                                    + ", "
                                                    + TagValues.literal(name)
                                                    + ", true)")
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            "INSERT INTO "
                                                    + notes
                                                    + " (time, field, name, known) VALUES ",
                                            "")),
                    "to note names of columns of table " + table);
        }
        execute("FLUSH " + TableSql.name(database), "to flush " + database);
    }

    /** Returns the names of columns that are noted, by column. */
    private Map<String, String> spelled(String table) throws IOException {
        Map<String, String> names = new TreeMap<>();
        if (!columns(notes(table)).exists()) {
            return names;
        }
        String query = "SELECT field, name FROM " + TableSql.table(database, notes(table));
        for (ServerQuery.Row row : answer(query)) {
            String name = String.valueOf(row.get("name"));
            String other = names.putIfAbsent(String.valueOf(row.get("field")), name);
            if (other != null && !other.equals(name)) {
                throw clash(table, other, name);
            }
        }
        return names;
    }

    /** Returns the FIELDs of a table by the names that they stand for. */
    Map<String, String> byName(String table, TableColumns found) throws IOException {
        Map<String, String> noted = spelled(table);
        Map<String, String> columns = new TreeMap<>();
        for (String column : TableColumns.names(found.fields())) {
            columns.put(noted.getOrDefault(column, column), column);
        }
        return columns;
    }

    private TableColumns columns(String table) throws IOException {
        return KnownTables.columns(retries, database, table);
    }

    /**
     * Asks about a table that another writer may be creating: the server lists it a moment before
     * it answers questions about it.
     */
    private List<ServerQuery.Row> answer(String query) throws IOException {
        List<ServerQuery.Row> rows = new ArrayList<>();
        try {
            if (!Await.until(CREATION, POLL, () -> isAnswered(query, rows))) {
                throw new IOException("IoTDB lists a table and does not have it: " + query);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while IoTDB created a table");
        }
        return rows;
    }

    private boolean isAnswered(String query, List<ServerQuery.Row> rows) throws IOException {
        try {
            rows.addAll(
                    retries.call(
                            session -> ServerQuery.all(session, query, TableRows.TIMEOUT_MILLIS)));
            return true;
        } catch (StatementExecutionException e) {
            if (e.getStatusCode() == TSStatusCode.TABLE_NOT_EXISTS.getStatusCode()) {
                return false;
            }
            throw ServerAnswer.refusal("to answer a question about database " + database, e);
        }
    }

    private void execute(String statement, String what) throws IOException {
        try {
            retries.run(session -> session.executeNonQueryStatement(statement));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal(what, e);
        }
    }
}
