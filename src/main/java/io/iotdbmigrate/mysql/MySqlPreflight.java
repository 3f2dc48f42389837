package io.iotdbmigrate.mysql;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.mysql.binlog.ReplicaUpdates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be known of the MySQL server and its user before a row moves. */
public final class MySqlPreflight {
    private static final String SERVER = "MySQL";
    private static final String BINLOG = "MySQL binlog";
    private static final String HIDDEN_KEYS = "show_gipk_in_create_table_and_information_schema";
    private static final long DAY_SECONDS = 86_400;
    private static final int FIRST_SUPPORTED = 8;
    private static final int ACCESS_DENIED = 1227;
    private static final Pattern GLOBAL_GRANT =
            Pattern.compile("GRANT (.+) ON \\*\\.\\* TO .*", Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final String user;
    private final boolean forCdc;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param user as in the config, for remedies
     * @param forCdc whether the config is for cdc: what only cdc needs is then an error
     */
    public MySqlPreflight(Connection connection, String user, boolean forCdc) {
        this.connection = connection;
        this.user = user;
        this.forCdc = forCdc;
    }

    public List<Finding> check() throws SQLException {
        readVariables();
        version();
        binlog();
        sessions();
        retention();
        replica();
        replicationGrants();
        return List.copyOf(findings);
    }

    private void readVariables() throws SQLException {
        String sql =
                "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'log_bin',"
                        + " 'binlog_format', 'binlog_row_image', 'binlog_row_value_options',"
                        + " 'binlog_transaction_compression',"
                        + " 'show_gipk_in_create_table_and_information_schema', 'binlog_expire_logs_seconds', 'expire_logs_days', 'gtid_mode')";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
            }
        }
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    private void version() {
        String version = variable("version");
        int major = Integer.parseInt(version.replaceFirst("\\D.*", ""));
        if (major < FIRST_SUPPORTED) {
            findings.add(
                    Finding.warning(
                            SERVER,
                            "version " + version + " is older than 8.0, the oldest that is tested",
                            "compare the counts after the backfill, or upgrade MySQL first"));
        } else {
            findings.add(Finding.ok(SERVER, "version " + version));
        }
    }

    private void binlog() {
        int before = findings.size();
        require("log_bin", "ON", "is not written", "start mysqld with --log-bin and a server-id");
        if (variable("log_bin").equals("ON")) {
            require(
                    "binlog_format",
                    "ROW",
                    "does not hold rows",
                    "run SET PERSIST binlog_format = 'ROW'; new connections then write rows");
            require(
                    "binlog_row_image",
                    "FULL",
                    "holds only parts of a row",
                    "run SET PERSIST binlog_row_image = 'FULL'");
            require(
                    "binlog_row_value_options",
                    "",
                    "holds only parts of a JSON value",
                    "run SET PERSIST binlog_row_value_options = ''");
            // Before MySQL 8.0.30 there is none.
            if (!variable(HIDDEN_KEYS).isEmpty()) {
                require(
                        HIDDEN_KEYS,
                        "ON",
                        "may hold a key that MySQL made and hides from readers",
                        "run SET PERSIST " + HIDDEN_KEYS + " = ON");
            }
            // Before MySQL 8.0.20 there is none.
            if (!variable("binlog_transaction_compression").isEmpty()) {
                require(
                        "binlog_transaction_compression",
                        "OFF",
                        "holds compressed transactions, which the connector passes over",
                        "run SET PERSIST binlog_transaction_compression = OFF");
            }
        }
        if (findings.size() == before) {
            findings.add(
                    Finding.ok(
                            BINLOG,
                            "is on, with full rows; gtid_mode is "
                                    + (variable("gtid_mode").isEmpty()
                                            ? "not known here"
                                            : variable("gtid_mode"))));
        }
    }

    private void sessions() {
        for (String session : BinlogSessions.list(connection)) {
            neededByCdc(
                    BINLOG,
                    "does not get whole rows from every session: " + session,
                    "end that connection, or change what sets it");
        }
        Set<String> prepared = PreparedTransactions.list(connection);
        if (!prepared.isEmpty()) {
            neededByCdc(
                    BINLOG,
                    "holds rows of XA transactions that are prepared and not committed: "
                            + String.join(", ", prepared),
                    "commit or roll back each before the backfill, see XA RECOVER");
        }
    }

    private void require(String name, String wanted, String problem, String remedy) {
        String value = variable(name);
        if (!value.equalsIgnoreCase(wanted)) {
            neededByCdc(BINLOG, problem + ", " + name + " is " + value, remedy);
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
                                BINLOG,
                                "has no change that this replica receives from its source, "
                                        + variable
                                        + " is OFF",
                                "start the replica with "
                                        + variable
                                        + " = ON, or migrate from its source"));
    }

    private void retention() throws SQLException {
        if (!variable("log_bin").equals("ON")) {
            return;
        }
        Optional<RdsRetention> rds = RdsRetention.read(connection);
        if (rds.isPresent()) {
            findings.add(rds.get().finding(BINLOG));
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
                            BINLOG,
                            "is kept for "
                                    + kept
                                    + " s only; a backfill that takes longer, or a cdc that stands"
                                    + " still for longer, cannot be continued",
                            "run SET PERSIST binlog_expire_logs_seconds = 604800 (a week)"));
        } else {
            findings.add(
                    Finding.ok(
                            BINLOG,
                            kept == 0
                                    ? "is kept until someone purges it"
                                    : "is kept for " + kept / DAY_SECONDS + " days"));
        }
    }

    /** Checks the grants that come with an active role are listed like the user's own. */
    private void replicationGrants() throws SQLException {
        List<String> missing = new ArrayList<>(List.of("REPLICATION SLAVE", "REPLICATION CLIENT"));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GRANTS FOR CURRENT_USER()")) {
            while (row.next()) {
                var grant = GLOBAL_GRANT.matcher(row.getString(1));
                if (grant.matches()) {
                    List<String> held = List.of(grant.group(1).split("\\s*,\\s*", -1));
                    missing.removeIf(m -> held.contains(m) || held.contains("ALL PRIVILEGES"));
                }
            }
        }
        if (missing.isEmpty()) {
            findings.add(Finding.ok("MySQL grants", user + " may read the binlog"));
        } else {
            String list = String.join(", ", missing);
            neededByCdc(
                    "MySQL grants",
                    user + " lacks " + list,
                    "run GRANT " + list + " ON *.* TO '" + user + "'@'%' as an administrator");
        }
    }
}
