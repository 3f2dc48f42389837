package io.iotdbmigrate.mysql.gate;

import static io.iotdbmigrate.mysql.gate.GateConnections.execute;

import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.cutover.WriterList;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code pause: read_only} and {@code super_read_only}: the whole server takes no writes. Both
 * variables are set for this run of the server only: one that is restarted takes writes again.
 * Setting one waits for commits and locked tables, new writes wait meanwhile.
 */
public final class ReadOnlyGate implements WriteGate {
    private static final String READ_ONLY = "read_only";
    private static final String SUPER_READ_ONLY = "super_read_only";
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final GateConnections connections;
    private final boolean forSuper;
    private final WriterList writers;

    /**
     * @param forSuper whether also users with SUPER or CONNECTION_ADMIN are kept out
     */
    public ReadOnlyGate(MySqlConfig config, String migration, boolean forSuper) {
        this.connections = new GateConnections(config, migration);
        this.forSuper = forSuper;
        this.writers = new OpenWriters(config, migration);
    }

    @Override
    public String describe() {
        return forSuper ? SUPER_READ_ONLY : READ_ONLY;
    }

    @Override
    public List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        Dialect dialect;
        try (Connection connection = connections.open()) {
            dialect = Dialect.of(connection);
            String user = connections.config().user();
            if (forSuper && !dialect.hasSuperReadOnly()) {
                return List.of(
                        Finding.error(
                                ExitCode.NOT_SWITCHED,
                                "cutover.pause",
                                "is super_read_only, which " + dialect.name() + " does not have",
                                "set cutover.pause to read_only, and see that the application's"
                                        + " user has not "
                                        + dialect.writesDespiteReadOnly()));
            }
            findings.add(
                    PauseGrants.finding(
                            connection,
                            forSuper ? Pause.SUPER_READ_ONLY : Pause.READ_ONLY,
                            user,
                            List.of(),
                            "may set " + describe()));
            if (read(connection).get(describe()).equals("ON")) {
                findings.add(
                        Finding.warning(
                                describe(),
                                "is ON already",
                                "if the cutover is undone it stays ON"));
            }
        }
        if (!forSuper) {
            findings.add(
                    Finding.warning(
                            "cutover.pause",
                            "is read_only, which lets users with "
                                    + dialect.writesDespiteReadOnly()
                                    + " write",
                            "their writes would be noticed and undo the cutover"
                                    + (dialect.hasSuperReadOnly()
                                            ? "; super_read_only stops them, too"
                                            : "")));
        }
        return findings;
    }

    @Override
    public Map<String, String> former() throws SQLException {
        try (Connection connection = connections.open()) {
            return read(connection);
        }
    }

    @Override
    public void pause(Map<String, String> former) throws SQLException {
        try (Connection connection = connections.open()) {
            connections.executeMarked(connection, LOCK_WAIT, "SET GLOBAL " + describe() + " = ON");
        }
    }

    @Override
    public boolean holds(Map<String, String> former) throws SQLException {
        return former().get(describe()).equals("ON");
    }

    @Override
    public void resume(Map<String, String> former) throws SQLException {
        try (Connection connection = connections.open()) {
            connections.killMarked(connection);
            // Each of the two drags the other along: super ON sets both, plain OFF clears both.
            if (former.containsKey(SUPER_READ_ONLY)) {
                execute(connection, set(SUPER_READ_ONLY, former));
            }
            execute(connection, set(READ_ONLY, former));
            Map<String, String> now = read(connection);
            if (!now.equals(former)) {
                throw new SQLException("set to " + former + ", but it is " + now);
            }
        }
    }

    private static String set(String variable, Map<String, String> former) {
        boolean on = "ON".equals(former.get(variable));
        return "SET GLOBAL " + variable + " = " + (on ? "ON" : "OFF");
    }

    private static Map<String, String> read(Connection connection) throws SQLException {
        String sql = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('%s', '%s')";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.formatted(READ_ONLY, SUPER_READ_ONLY))) {
            Map<String, String> values = new TreeMap<>();
            while (row.next()) {
                values.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
            }
            return values;
        }
    }

    @Override
    public List<OpenWriter> openWriters() throws Exception {
        return writers.now();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return "run "
                + (former.containsKey(SUPER_READ_ONLY) ? set(SUPER_READ_ONLY, former) + "; " : "")
                + set(READ_ONLY, former)
                + " in "
                + ServerName.at(connections.config());
    }

    @Override
    public String afterTheSwitch() {
        return ServerName.at(connections.config())
                + " stays "
                + describe()
                + " until it is restarted or set OFF; to keep it so, "
                + (forSuper ? "run" : "set read_only = ON in its option file, or run on MySQL")
                + " SET PERSIST "
                + describe()
                + " = ON";
    }
}
