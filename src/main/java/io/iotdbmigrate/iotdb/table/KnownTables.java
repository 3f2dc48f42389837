package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.ServerAnswer;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iotdb.rpc.StatementExecutionException;

/**
 * The tables that were found to be as their mappings want them. They are looked at before the first
 * write, and anew after each loss of the connection. Not thread-safe.
 */
final class KnownTables {
    private final Retries retries;
    private final String database;

    /** Those that were there once. */
    private final Set<String> seen = new HashSet<>();

    private final Set<String> good = new HashSet<>();
    private long losses;

    KnownTables(Retries retries, String database) {
        this.retries = retries;
        this.database = database;
    }

    /**
     * Creates the table of a mapping if it was never there, and compares it.
     *
     * @throws UserException exit code 5, if it is gone or is another than the mapping's
     */
    void require(TableMapping mapping) throws IOException {
        if (retries.losses() != losses) {
            losses = retries.losses();
            good.clear();
        }
        String table = mapping.tags().table();
        if (good.contains(table)) {
            return;
        }
        TableSchema schema = new TableSchema(database, mapping);
        TableColumns found = columns(table);
        if (!found.exists() && seen.contains(table)) {
            throw wrong(
                    database,
                    table,
                    "was dropped while it was written",
                    "copy it anew with backfill");
        }
        if (!found.exists()) {
            create(schema, table);
            found = columns(table);
        }
        schema.problem(found)
                .ifPresent(
                        problem -> {
                            throw wrong(database, table, problem.what(), problem.remedy());
                        });
        seen.add(table);
        good.add(table);
    }

    private void create(TableSchema schema, String table) throws IOException {
        try {
            retries.run(session -> session.executeNonQueryStatement(schema.create()));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to create table " + table, e);
        }
    }

    /** Asks which columns a table has. */
    TableColumns columns(String table) throws IOException {
        return columns(retries, database, table);
    }

    /** Asks which columns a table has. */
    static TableColumns columns(Retries retries, String database, String table) throws IOException {
        try {
            return retries.call(session -> TableColumns.of(session, database, table));
        } catch (StatementExecutionException e) {
            throw ServerAnswer.refusal("to describe table " + table, e);
        }
    }

    /** Says that a table is not as a mapping wants it. */
    static UserException wrong(String database, String table, String what, String remedy) {
        return new UserException(
                ExitCode.IOTDB,
                "table "
                        + table
                        + " of IoTDB's database "
                        + database
                        + " "
                        + what
                        + "; "
                        + remedy
                        + ", then start again");
    }
}
