package io.iotdbmigrate.mysql.gate;

import static io.iotdbmigrate.mysql.gate.GateConnections.execute;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.cutover.WriterList;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        try (Connection connection = connections.open()) {
            String user = connections.config().user();
            GlobalGrants grants = GlobalGrants.of(connection);
            if (grants.has("SUPER") || grants.has("SYSTEM_VARIABLES_ADMIN")) {
                findings.add(Finding.ok("MySQL grants", user + " may set " + describe()));
            } else {
                findings.add(
                        Finding.error(
                                ExitCode.NOT_SWITCHED,
                                "MySQL grants",
                                user + " may not set " + describe(),
                                "run GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO '"
                                        + user
                                        + "'@'%' as an administrator, or choose another"
                                        + " cutover.pause"));
            }
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
                            "is read_only, which lets users with SUPER or CONNECTION_ADMIN write",
                            "their writes would be noticed and undo the cutover; super_read_only"
                                    + " stops them, too"));
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
            execute(connection, set(SUPER_READ_ONLY, former));
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
        String sql = "SELECT @@GLOBAL.read_only, @@GLOBAL.super_read_only";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Map.of(
                    READ_ONLY, row.getInt(1) == 1 ? "ON" : "OFF",
                    SUPER_READ_ONLY, row.getInt(2) == 1 ? "ON" : "OFF");
        }
    }

    @Override
    public List<OpenWriter> openWriters() throws Exception {
        return writers.now();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return "run "
                + set(SUPER_READ_ONLY, former)
                + "; "
                + set(READ_ONLY, former)
                + " in MySQL at "
                + connections.config().address();
    }

    @Override
    public String afterTheSwitch() {
        return "MySQL at "
                + connections.config().address()
                + " stays "
                + describe()
                + " until it is restarted or set OFF; to keep it so, run SET PERSIST "
                + describe()
                + " = ON";
    }
}
