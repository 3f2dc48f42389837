package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.config.IotdbConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.KnownCapabilities;
import io.iotdbmigrate.iotdb.PrivilegePreflight;
import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.iotdb.ServerPreflight;
import io.iotdbmigrate.iotdb.ServerQuery;
import io.iotdbmigrate.iotdb.TargetPreflight;
import io.iotdbmigrate.mapping.DeviceTemplate;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TagValues;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;

/** {@link TargetPreflight} for the table model, over one session for each of the two models. */
public final class TablePreflight implements TargetPreflight {
    private final IotdbConfig config;
    private final String database;
    private final Session session;
    private final Session tree;
    private final KnownCapabilities capabilities;

    /**
     * Opens the sessions.
     *
     * @param database in lower case
     * @throws UserException exit code 5, if IoTDB cannot be reached
     */
    public TablePreflight(IotdbConfig config, String database) {
        this.config = config;
        this.database = database;
        this.session = IotdbSessions.openOrExplain(config);
        this.tree = IotdbSessions.openOrExplain(config.tree());
        this.capabilities = new KnownCapabilities(tree, config.user());
    }

    @Override
    public TargetFacts facts() throws IoTDBConnectionException, StatementExecutionException {
        return capabilities.get().facts();
    }

    @Override
    public void requireSight(List<DeviceTemplate> templates) {
        // Tables that a user may not see are refused, not hidden.
    }

    @Override
    public List<Finding> server(
            List<String> databases, List<DeviceTemplate> templates, boolean deletes)
            throws IoTDBConnectionException, StatementExecutionException {
        ServerCapabilities known = capabilities.get();
        ServerPreflight server = new ServerPreflight(tree, known);
        List<Finding> findings = new ArrayList<>(server.checkTables(deletes));
        // The journal is in the tree.
        findings.addAll(PrivilegePreflight.check(known, config.user(), List.of()));
        findings.add(database());
        return findings;
    }

    /** Looks for one of the same name in the tree: to drop either would take this one's tables. */
    private Finding database() throws IoTDBConnectionException, StatementExecutionException {
        String inTree = "root." + database;
        if (has(tree, inTree)) {
            return Finding.error(
                    ExitCode.IOTDB,
                    database,
                    "is also a database of IoTDB's tree model, "
                            + inTree
                            + ": dropping that one can make the tables of this one unreadable",
                    "choose another iotdb.database");
        }
        return Finding.ok(
                database,
                has(session, database)
                        ? "the database exists in the table model"
                        : "the database will be created in the table model");
    }

    private static boolean has(Session session, String database)
            throws IoTDBConnectionException, StatementExecutionException {
        List<String> found = new ArrayList<>();
        ServerQuery.each(
                session,
                "SHOW DATABASES",
                row -> found.add(String.valueOf(row.get("Database")).toLowerCase(Locale.ROOT)));
        return found.contains(database);
    }

    @Override
    public void requireWritten(TableMapping mapping)
            throws IoTDBConnectionException, StatementExecutionException {
        String table = mapping.tags().table();
        TableColumns found = TableColumns.of(session, database, table);
        if (!found.exists()) {
            throw KnownTables.wrong(
                    database,
                    table,
                    "is gone, and rows were copied to it",
                    "copy them anew with iotdb-migrate backfill --restart");
        }
        new TableSchema(database, mapping)
                .problem(found)
                .ifPresent(
                        problem -> {
                            throw KnownTables.wrong(
                                    database, table, problem.what(), problem.remedy());
                        });
    }

    @Override
    public List<Finding> table(TableMapping mapping, Optional<Instant> oldest)
            throws IoTDBConnectionException, StatementExecutionException {
        String table = mapping.tags().table();
        TableColumns found = TableColumns.of(session, database, table);
        if (!found.exists()) {
            return List.of(
                    Finding.ok(mapping.name(), "table " + table + " does not exist in IoTDB yet"));
        }
        Optional<TableSchema.Problem> problem = new TableSchema(database, mapping).problem(found);
        List<Finding> findings = new ArrayList<>();
        findings.add(
                problem.map(
                                p ->
                                        Finding.error(
                                                ExitCode.IOTDB,
                                                mapping.name(),
                                                "table " + table + " of IoTDB " + p.what(),
                                                p.remedy()))
                        .orElseGet(() -> existing(mapping, table)));
        ttl(mapping, table, oldest).ifPresent(findings::add);
        return findings;
    }

    private static Finding existing(TableMapping mapping, String table) {
        return Finding.warning(
                mapping.name(),
                "table "
                        + table
                        + " exists in IoTDB and fits: rows of the same TAGs and time are replaced,"
                        + " all others stay",
                "nothing, if an earlier run wrote them; else choose another target_table");
    }

    /** Looks whether the table's time to live would swallow the history. */
    private Optional<Finding> ttl(TableMapping mapping, String table, Optional<Instant> oldest)
            throws IoTDBConnectionException, StatementExecutionException {
        List<String> ttls = new ArrayList<>();
        ServerQuery.each(
                session,
                "SELECT \"ttl(ms)\" FROM information_schema.tables WHERE database = "
                        + TagValues.literal(database)
                        + " AND table_name = "
                        + TagValues.literal(table),
                row -> ttls.add(String.valueOf(row.fields().get(0).getStringValue())));
        if (ttls.isEmpty() || !ttls.get(0).matches("\\d+") || oldest.isEmpty()) {
            return Optional.empty();
        }
        Duration kept = Duration.ofMillis(Long.parseLong(ttls.get(0)));
        return oldest.get().isAfter(Instant.now().minus(kept))
                ? Optional.empty()
                : Optional.of(
                        Finding.error(
                                ExitCode.IOTDB,
                                mapping.name(),
                                "the TTL of table "
                                        + table
                                        + " keeps "
                                        + kept.toDays()
                                        + " days, the oldest row is of "
                                        + oldest.get()
                                        + ": IoTDB would drop it",
                                "run ALTER TABLE " + table + " SET PROPERTIES TTL='INF'"));
    }

    @Override
    public void close() throws IoTDBConnectionException {
        try {
            session.close();
        } finally {
            tree.close();
        }
    }
}
