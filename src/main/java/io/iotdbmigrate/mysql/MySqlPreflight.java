package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.mysql.binlog.BinlogFilter;
import io.iotdbmigrate.mysql.binlog.ReplicaUpdates;
import io.iotdbmigrate.mysql.dialect.Dialect;
import io.iotdbmigrate.mysql.dialect.Dialect.Setting;
import io.iotdbmigrate.mysql.dialect.MariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be known of the MySQL server and its user before a row moves. */
public final class MySqlPreflight {
    private static final long DAY_SECONDS = 86_400;
    private static final int ACCESS_DENIED = 1227;
    private final Connection connection;
    private final Dialect dialect;
    private final String binlog;
    private final String user;
    private final boolean forCdc;
    private final Collection<String> databases;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param user as in the config, for remedies
     * @param forCdc whether the config is for cdc: what only cdc needs is then an error
     * @param databases with mapped tables
     */
    public MySqlPreflight(
            Connection connection, String user, boolean forCdc, Collection<String> databases)
            throws SQLException {
        this.connection = connection;
        this.dialect = Dialect.of(connection);
        this.binlog = dialect.name() + " binlog";
        this.user = user;
        this.forCdc = forCdc;
        this.databases = List.copyOf(databases);
    }

    public List<Finding> check() throws SQLException {
        readVariables();
        version();
        binlog();
        sessions();
        retention();
        replica();
        filter();
        replicationGrants();
        return List.copyOf(findings);
    }

    private void readVariables() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            while (row.next()) {
                variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
            }
        }
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    private void version() {
        String version = "version " + dialect.version();
        findings.add(
                dialect.unsupported()
                        .map(
                                why ->
                                        Finding.warning(
                                                dialect.name(),
                                                version + " " + why,
                                                "compare the counts after the backfill, or upgrade"
                                                        + " the server first"))
                        .orElseGet(() -> Finding.ok(dialect.name(), version)));
        if (dialect instanceof MariaDb && !variables.containsKey("server_uid")) {
            findings.add(
                    Finding.warning(
                            dialect.name(),
                            "has no server_uid, so another server with the same server_id that"
                                    + " answers at its address is not noticed",
                            "upgrade to the last patch of its series, or take care that none"
                                    + " does"));
        }
    }

    private void binlog() {
        int before = findings.size();
        require(
                new Setting(
                        "log_bin",
                        "ON",
                        "is not written",
                        "start the server with --log-bin and a server-id"));
        if (variable("log_bin").equals("ON")) {
            dialect.binlogSettings().stream()
                    .filter(setting -> variables.containsKey(setting.name()))
                    .forEach(this::require);
        }
        if (findings.size() == before) {
            findings.add(Finding.ok(binlog, "is on, with full rows; " + positions()));
        }
    }

    private String positions() {
        if (!dialect.hasGtidSets()) {
            return "it is read by file and offset";
        }
        String mode = variable("gtid_mode");
        return "gtid_mode is " + (mode.isEmpty() ? "not known here" : mode);
    }

    private void sessions() {
        for (String session : BinlogSessions.list(connection)) {
            neededByCdc(
                    binlog,
                    "does not get whole rows from every session: " + session,
                    "end that connection, or change what sets it");
        }
        Set<String> prepared = PreparedTransactions.list(connection);
        if (!prepared.isEmpty()) {
            neededByCdc(
                    binlog,
                    "holds rows of XA transactions that are prepared and not committed: "
                            + String.join(", ", prepared),
                    "commit or roll back each before the backfill, see XA RECOVER");
        }
    }

    private void require(Setting setting) {
        String value = variable(setting.name());
        if (!value.equalsIgnoreCase(setting.value())) {
            neededByCdc(
                    binlog,
                    setting.problem() + ", " + setting.name() + " is " + value,
                    setting.remedy());
        }
    }

    private void neededByCdc(String subject, String problem, String remedy) {
        findings.add(
                forCdc
                        ? Finding.error(ExitCode.MYSQL, subject, problem, remedy)
                        : Finding.warning(
                                subject,
                                problem + ": enough for backfill, cdc and cutover need more",
                                "before cdc " + remedy));
    }

    /** Looks whether a replica logs what it receives; without a grant for it nothing is known. */
    private void replica() throws SQLException {
        Optional<String> off;
        try {
            off = ReplicaUpdates.unlogged(connection);
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS_DENIED) {
                throw e;
            }
            // The grants are told below.
            return;
        }
        off.ifPresent(
                variable ->
                        neededByCdc(
                                binlog,
                                "has no change that this replica receives from its source, "
                                        + variable
                                        + " is OFF",
                                "start the replica with "
                                        + variable
                                        + " = ON, or migrate from its source"));
    }

    /** Looks whether changes are left out; without a grant for it nothing is known. */
    private void filter() throws SQLException {
        BinlogFilter filter;
        try {
            filter = BinlogFilter.of(connection);
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS_DENIED) {
                throw e;
            }
            // The grants are told below.
            return;
        }
        List<String> unlogged = databases.stream().filter(d -> !filter.logs(d)).distinct().toList();
        if (!unlogged.isEmpty()) {
            neededByCdc(
                    binlog,
                    "has no change of " + String.join(", ", unlogged) + ", " + filter.words(),
                    "start the server without that option");
        } else if (filter.isSet()) {
            findings.add(
                    Finding.warning(
                            binlog,
                            "has no statement that is executed in other databases, such as TRUNCATE"
                                    + " of a mapped table: "
                                    + filter.words()
                                    + ", and cdc would not stop there",
                            "start the server without that option, or truncate, drop and alter"
                                    + " mapped tables only behind USE of their own database"));
        }
    }

    private void retention() throws SQLException {
        if (!variable("log_bin").equals("ON")) {
            return;
        }
        Optional<RdsRetention> rds = RdsRetention.read(connection);
        if (rds.isPresent()) {
            findings.add(rds.get().finding(binlog));
            return;
        }
        String seconds = variable("binlog_expire_logs_seconds");
        String days = variable("expire_logs_days");
        long kept =
                seconds.isEmpty()
                        ? days.isEmpty() ? 0 : Long.parseLong(days) * DAY_SECONDS
                        : Long.parseLong(seconds);
        if (kept > 0 && kept < DAY_SECONDS) {
            findings.add(
                    Finding.warning(
                            binlog,
                            "is kept for "
                                    + kept
                                    + " s only; a backfill that takes longer, or a cdc that stands"
                                    + " still for longer, cannot be continued",
                            dialect.persist(
                                            seconds.isEmpty()
                                                    ? "expire_logs_days = 7"
                                                    : "binlog_expire_logs_seconds = 604800")
                                    + " (a week)"));
        } else {
            findings.add(
                    Finding.ok(
                            binlog,
                            kept == 0
                                    ? "is kept until someone purges it"
                                    : "is kept for " + kept / DAY_SECONDS + " days"));
        }
    }

    /** Checks the grants that come with an active role are listed like the user's own. */
    private void replicationGrants() throws SQLException {
        List<String> missing = new ArrayList<>(dialect.replicationGrants());
        missing.removeIf(GlobalGrants.of(connection)::has);
        if (missing.isEmpty()) {
            findings.add(Finding.ok(dialect.name() + " grants", user + " may read the binlog"));
        } else {
            String list = String.join(", ", missing);
            neededByCdc(
                    dialect.name() + " grants",
                    user + " lacks " + list,
                    "run GRANT " + list + " ON *.* TO '" + user + "'@'%' as an administrator");
        }
    }
}
