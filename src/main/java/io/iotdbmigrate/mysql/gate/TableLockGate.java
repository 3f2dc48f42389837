package io.iotdbmigrate.mysql.gate;

import static io.iotdbmigrate.mysql.gate.GateConnections.execute;

import io.iotdbmigrate.config.CutoverConfig.Pause;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.cutover.WriterList;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.ServerName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code pause: lock_tables}: READ locks on the mapped tables, which keep everybody from writing
 * them, held by one connection. They end with it, and so with this process.
 */
public final class TableLockGate implements WriteGate {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final int PING_SECONDS = 5;

    private final GateConnections connections;
    private final List<String> tables;
    private final WriterList writers;
    private @Nullable Connection holding;

    /**
     * @param tables to lock, unquoted, of the config's database
     */
    public TableLockGate(MySqlConfig config, String migration, List<String> tables) {
        this.connections = new GateConnections(config, migration);
        this.tables = List.copyOf(tables);
        this.writers = new OpenWriters(config, migration);
    }

    @Override
    public String describe() {
        return "READ locks on " + String.join(", ", tables);
    }

    @Override
    public List<Finding> findings() throws SQLException {
        try (Connection connection = connections.open()) {
            String user = connections.config().user();
            return List.of(
                    PauseGrants.finding(
                            connection,
                            Pause.LOCK_TABLES,
                            user,
                            tables.stream().map(table -> id(table).database()).toList(),
                            "may lock tables"));
        }
    }

    @Override
    public Map<String, String> former() {
        return Map.of("locks", "none");
    }

    @Override
    public void pause(Map<String, String> former) throws SQLException {
        if (holds(former)) {
            return;
        }
        Connection connection = connections.openToHold();
        hold(connection);
        connections.executeMarked(
                connection,
                LOCK_WAIT,
                tables.stream()
                        .map(table -> id(table).quoted() + " READ")
                        .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
    }

    private TableId id(String table) {
        return TableId.named(table, connections.config().database());
    }

    private synchronized void hold(@Nullable Connection connection) {
        holding = connection;
    }

    @Override
    public synchronized boolean holds(Map<String, String> former) throws SQLException {
        return holding != null && holding.isValid(PING_SECONDS);
    }

    /** Locks still being waited for, here or by a process that died, are not taken any more. */
    @Override
    public void resume(Map<String, String> former) throws SQLException {
        try (Connection connection = connections.open()) {
            connections.killMarked(connection);
        }
        close();
    }

    @Override
    public List<OpenWriter> openWriters() throws Exception {
        return writers.now();
    }

    @Override
    public String resumeByHand(Map<String, String> former) {
        return "end this process if it still runs: the locks end with it";
    }

    @Override
    public String afterTheSwitch() {
        return "the locks ended with this process: keep every client from writing to "
                + ServerName.at(connections.config())
                + ", for example with read_only = ON";
    }

    @Override
    public synchronized void close() {
        if (holding != null) {
            try {
                execute(holding, "UNLOCK TABLES");
                holding.close();
            } catch (SQLException e) {
                // The connection is gone, and the locks with it.
            }
            holding = null;
        }
    }
}
