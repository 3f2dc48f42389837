package io.iotdbmigrate.check;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.LookupConfig;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.ConnectorNames;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.TargetFacts;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.Lookups;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.MySqlPreflight;
import io.iotdbmigrate.mysql.OneServer;
import io.iotdbmigrate.mysql.SchemaReader;
import io.iotdbmigrate.mysql.ServerTimeZone;
import io.iotdbmigrate.mysql.UnfollowedTables;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.mysql.dialect.Dialect;
import io.iotdbmigrate.mysql.gate.PauseGrants;
import io.iotdbmigrate.plan.SharedSeries;
import io.iotdbmigrate.plan.TablePlan;
import io.iotdbmigrate.plan.TablePlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A check that looks at MySQL and its mapped tables. */
final class MySqlCheck {
    private final MigrationConfig config;
    private final boolean fast;
    private final List<Finding> serverFindings = new ArrayList<>();
    private final List<Finding> tableFindings = new ArrayList<>();
    private final List<CheckReport.Table> tables = new ArrayList<>();
    private final Map<TableMapping, Optional<Instant>> mappings = new LinkedHashMap<>();

    MySqlCheck(MigrationConfig config, boolean fast) {
        this.config = config;
        this.fast = fast;
    }

    /**
     * @param target what is known of IoTDB; asked for when MySQL's tables are looked at
     */
    void run(List<String> onlyTables, Supplier<TargetFacts> target) {
        try (Connection connection = MySqlConnections.open(config.mysql())) {
            boolean forCdc = config.mode() == MigrationConfig.Mode.CDC;
            OneServer.problem(config.mysql(), () -> MySqlConnections.open(config.mysql()))
                    .ifPresent(e -> serverFindings.add(Unreachable.finding("MySQL", e)));
            if (config.mysql().isReadOnlySource()) {
                try (Connection origin = MySqlConnections.open(config.mysql().origin())) {
                    binlog(origin, forCdc);
                }
                readOnlySource();
            } else {
                binlog(connection, forCdc);
            }
            List<TablePlan> plans =
                    TablePlans.read(
                            config,
                            onlyTables,
                            connection,
                            new Lookups(config, connection),
                            target.get());
            timeZone(connection, plans);
            views(connection, plans, forCdc);
            foreignKeys(connection, plans, forCdc);
            unfollowed(connection, plans, forCdc);
            plans.forEach(plan -> table(connection, plan));
            tableFindings.addAll(
                    ConnectorNames.findings(
                            plans.stream()
                                    .map(TablePlan::mapping)
                                    .filter(Objects::nonNull)
                                    .map(TableMapping::table)
                                    .toList()));
            tableFindings.addAll(SharedSeries.findings(plans));
        } catch (UserException e) {
            serverFindings.add(Unreachable.finding("MySQL", e));
        } catch (SQLException e) {
            serverFindings.add(
                    Finding.error(
                            ExitCode.MYSQL,
                            "MySQL",
                            "did not answer: " + e.getMessage(),
                            "see its error log, then check again"));
        }
    }

    List<Finding> serverFindings() {
        return serverFindings;
    }

    List<Finding> tableFindings() {
        return tableFindings;
    }

    List<CheckReport.Table> tables() {
        return tables;
    }

    /** Returns the mappings that can be, each with the time of its oldest row. */
    Map<TableMapping, Optional<Instant>> mappings() {
        return mappings;
    }

    /** Looks at the server whose binlog is followed, and which a cutover pauses. */
    private void binlog(Connection connection, boolean forCdc) throws SQLException {
        String user = config.mysql().user();
        List<String> databases =
                Stream.concat(
                                config.mappedTables().stream(),
                                config.usedLookups().stream().map(LookupConfig::table))
                        .map(t -> TableId.named(t, config.mysql().database()).database())
                        .toList();
        serverFindings.addAll(new MySqlPreflight(connection, user, forCdc, databases).check());
        startMode(connection);
        pause(connection);
    }

    private void readOnlySource() {
        MySqlConfig mysql = config.mysql();
        serverFindings.add(
                new ReadOnlySource(mysql)
                        .problem()
                        .map(e -> Unreachable.finding("connections.mysql.binlog_host", e))
                        .orElseGet(
                                () ->
                                        Finding.ok(
                                                "connections.mysql.binlog_host",
                                                mysql.origin().address()
                                                        + " has the binlog of what "
                                                        + mysql.address()
                                                        + " has not applied yet")));
    }

    private void startMode(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        if (config.cdc().startupMode() == StartupMode.GTID && !dialect.hasGtidSets()) {
            serverFindings.add(
                    Finding.error(
                            ExitCode.CONFIG,
                            "mysql.cdc.startup_mode",
                            "is gtid, and " + dialect.name() + " is read by file and offset",
                            "use auto, or specific with a file and a position"));
        }
    }

    /** Looks whether writes could be paused, where the config has a switch to be made. */
    private void pause(Connection connection) throws SQLException {
        if (config.cutover().hooks().switchOver() == null) {
            return;
        }
        String user = config.mysql().user();
        String subject = Dialect.of(connection).name() + " grants";
        PauseGrants.of(
                        connection,
                        config.cutover().pause(),
                        user,
                        config.mappings().stream()
                                .map(m -> TableId.named(m.table(), config.mysql().database()))
                                .map(TableId::database)
                                .distinct()
                                .toList())
                .ifPresent(
                        missing ->
                                serverFindings.add(
                                        Finding.warning(
                                                subject,
                                                user
                                                        + " "
                                                        + missing.problem()
                                                        + ": enough until the cutover",
                                                "before the cutover " + missing.remedy())));
    }

    private void timeZone(Connection connection, List<TablePlan> plans) throws SQLException {
        List<String> dateTimes =
                plans.stream()
                        .map(TablePlan::mapping)
                        .filter(Objects::nonNull)
                        .flatMap(
                                m ->
                                        m.columns().stream()
                                                .filter(MySqlCheck::isDateTime)
                                                .map(c -> m.name() + "." + c.name()))
                        .distinct()
                        .toList();
        if (!dateTimes.isEmpty()) {
            serverFindings.add(
                    ServerTimeZone.check(connection, config.mysql().timeZone(), dateTimes));
        }
    }

    private void views(Connection connection, List<TablePlan> plans, boolean forCdc)
            throws SQLException {
        Map<String, Set<String>> views = new HashMap<>();
        for (TablePlan plan : plans) {
            TableSchema schema = plan.schema();
            if (schema == null) {
                continue;
            }
            String database = schema.id().database();
            if (!views.containsKey(database)) {
                views.put(database, new SchemaReader(connection).views(database));
            }
            if (views.getOrDefault(database, Set.of()).contains(schema.id().table())) {
                String problem = "is a view: backfill only, cdc cannot follow it";
                String remedy = "for cdc, map the tables that it is made of";
                tableFindings.add(
                        forCdc
                                ? Finding.error(
                                        ExitCode.CONFIG, plan.config().table(), problem, remedy)
                                : Finding.warning(plan.config().table(), problem, remedy));
            }
        }
    }

    private void unfollowed(Connection connection, List<TablePlan> plans, boolean forCdc)
            throws SQLException {
        for (TablePlan plan : plans) {
            TableSchema schema = plan.schema();
            if (schema == null) {
                continue;
            }
            for (UnfollowedTables.Reason reason : UnfollowedTables.of(connection, schema.id())) {
                String table = plan.config().table();
                String problem = reason.problem() + ": cdc cannot follow it";
                tableFindings.add(
                        forCdc
                                ? Finding.error(ExitCode.CONFIG, table, problem, reason.remedy())
                                : Finding.warning(table, problem, "before cdc " + reason.remedy()));
            }
        }
    }

    private void foreignKeys(Connection connection, List<TablePlan> plans, boolean forCdc)
            throws SQLException {
        Dialect dialect = Dialect.of(connection);
        List<TableMapping> mapped =
                plans.stream().map(TablePlan::mapping).filter(Objects::nonNull).toList();
        List<CascadingKeys.Key> keys =
                CascadingKeys.reaching(
                        connection, mapped.stream().map(TableMapping::table).distinct().toList());
        for (CascadingKeys.Key key : keys) {
            String child = key.child().table();
            if (CascadingKeys.canReread(key, keys, mapped)) {
                tableFindings.add(
                        Finding.ok(
                                child,
                                "changes with "
                                        + key.parent()
                                        + " by the foreign key "
                                        + key.name()
                                        + ", which "
                                        + dialect.name()
                                        + " does not log: cdc reads the devices anew"
                                        + " that the key names"));
                continue;
            }
            String problem =
                    "changes with "
                            + key.parent()
                            + " by the foreign key "
                            + key.name()
                            + " ("
                            + key.rules()
                            + "), which "
                            + dialect.name()
                            + " does not log: cdc stops at such a change";
            String remedy =
                    "have the application or a trigger change those rows, "
                            + dialect.withoutCascades()
                            + "; where each column of the key has a node of its own in device_template, and"
                            + " is a whole number, DECIMAL, YEAR, DATE, CHAR, VARCHAR, BINARY or"
                            + " VARBINARY, on_cascade: reread follows it";
            tableFindings.add(
                    forCdc
                            ? Finding.error(ExitCode.MYSQL, child, problem, remedy)
                            : Finding.warning(child, problem, "before cdc " + remedy));
        }
    }

    private static boolean isDateTime(Column column) {
        return column.type().kind() == Kind.DATETIME;
    }

    private void table(Connection connection, TablePlan plan) {
        tableFindings.addAll(plan.findings());
        TableSchema schema = plan.schema();
        if (schema == null) {
            return;
        }
        TableCheck.Result result = new TableCheck(config, connection, fast).check(plan, schema);
        tableFindings.addAll(result.findings());
        tables.add(result.table());
        TableMapping mapping = plan.mapping();
        if (mapping != null) {
            mappings.put(
                    mapping,
                    Optional.ofNullable(result.counts())
                            .flatMap(c -> Optional.ofNullable(c.oldest())));
        }
    }
}
