package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.cutover.CutoverLock;
import io.iotdbmigrate.cutover.WriteGate;
import io.iotdbmigrate.cutover.WriteGate.OpenWriter;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.mysql.binlog.MappedEvents;
import io.iotdbmigrate.mysql.gate.NamedLock;
import io.iotdbmigrate.mysql.gate.ReadOnlyGate;
import io.iotdbmigrate.mysql.gate.TableLockGate;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to pause writes, on a real MySQL with real writers. */
@ExtendWith(ServersExtension.class)
class WriteGateIT {
    private static final String MAPPING =
            """
            - table: t
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d
              measurements: all
            """;
    private static final String PASSWORD = "writer-secret";

    private final AtomicInteger ids = new AtomicInteger();
    @TempDir Path folder;
    private TestDatabase database;
    private MySqlConfig config;

    /** How to pause. */
    private enum Kind {
        READ_ONLY,
        SUPER_READ_ONLY,
        LOCK_TABLES
    }

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        config = new Migration(database, folder, MAPPING, "").config().mysql();
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, ts BIGINT)",
                "CREATE TABLE other (id INT PRIMARY KEY)",
                "CREATE USER " + writer() + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT SELECT, INSERT ON " + database.name() + ".* TO " + writer() + "@'%'");
    }

    @AfterEach
    void letWrite() throws SQLException {
        database.execute(
                "SET GLOBAL super_read_only = OFF",
                "SET GLOBAL read_only = OFF",
                "DROP USER " + writer() + "@'%'");
    }

    private String writer() {
        return "w_" + database.name();
    }

    private WriteGate gate(Kind kind) {
        return gate(kind, config);
    }

    private WriteGate gate(Kind kind, MySqlConfig as) {
        return switch (kind) {
            case READ_ONLY -> new ReadOnlyGate(as, database.name(), false);
            case SUPER_READ_ONLY -> new ReadOnlyGate(as, database.name(), true);
            case LOCK_TABLES -> new TableLockGate(as, database.name(), List.of("t"));
        };
    }

    private MappedEvents binlog() {
        return new MappedEvents(
                config,
                database.name(),
                CountedTables.only(List.of(new TableId(database.name(), "t"))));
    }

    private Connection application() throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        database.servers().jdbcUrl(database.name()), writer(), PASSWORD);
        execute(connection, "SET SESSION lock_wait_timeout = 1");
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String insert() {
        return "INSERT INTO t VALUES (" + ids.incrementAndGet() + ", 1)";
    }

    private String globals() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT CONCAT(@@GLOBAL.read_only, @@GLOBAL.super_read_only)")) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealWriterIsPausedAndGoesOn(Kind kind) throws Exception {
        try (Connection application = application();
                WriteGate gate = gate(kind)) {
            execute(application, insert());
            Map<String, String> former = gate.former();
            assertThat(gate.holds(former)).isFalse();

            gate.pause(former);
            gate.pause(former);

            BinlogPosition paused = binlog().position();
            assertThat(gate.holds(former)).isTrue();
            assertThatThrownBy(() -> execute(application, insert()))
                    .isInstanceOf(SQLException.class);
            assertThat(binlog().position()).isEqualTo(paused);

            gate.resume(former);
            gate.resume(former);

            assertThat(gate.holds(former)).isFalse();
            assertThat(globals()).isEqualTo("00");
            execute(application, insert());
            assertThat(binlog().mappedEventsAfter(paused)).isEqualTo(1);
        }
    }

    @Test
    void whatWasReadOnlyBeforeStaysSo() throws Exception {
        database.execute("SET GLOBAL read_only = ON");
        WriteGate gate = gate(Kind.SUPER_READ_ONLY);
        Map<String, String> former = gate.former();

        gate.pause(former);
        assertThat(globals()).isEqualTo("11");
        gate(Kind.SUPER_READ_ONLY).resume(former);

        assertThat(globals()).isEqualTo("10");
    }

    @Test
    void aSuperUserGetsThroughReadOnlyAndIsNoticed() throws Exception {
        WriteGate gate = gate(Kind.READ_ONLY);
        gate.pause(gate.former());
        BinlogPosition paused = binlog().position();

        database.execute("INSERT INTO other VALUES (1)");
        assertThat(binlog().position()).isNotEqualTo(paused);
        assertThat(binlog().mappedEventsAfter(paused)).isZero();

        database.execute(insert());
        assertThat(binlog().mappedEventsAfter(paused)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPER_READ_ONLY", "LOCK_TABLES"})
    void aSuperUserIsKeptOutByTheOthers(Kind kind) throws Exception {
        try (WriteGate gate = gate(kind)) {
            gate.pause(gate.former());

            assertThatThrownBy(
                            () -> database.execute("SET SESSION lock_wait_timeout = 1", insert()))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void locksLeaveOtherTablesAlone() throws Exception {
        try (WriteGate gate = gate(Kind.LOCK_TABLES)) {
            gate.pause(gate.former());

            database.execute("INSERT INTO other VALUES (1)");
        }
    }

    @Test
    void locksEndWithTheirConnection() throws Exception {
        try (Connection application = application();
                WriteGate gate = gate(Kind.LOCK_TABLES)) {
            gate.pause(gate.former());
            for (OpenWriter session : sessions("LOCK TABLES")) {
                database.execute("KILL " + session.id());
            }

            execute(application, insert());
            assertThat(gate.holds(gate.former())).isFalse();
        }
    }

    /** Sessions of this database without a statement, by the last one that they ran. */
    private List<OpenWriter> sessions(String last) throws SQLException {
        String sql =
                "SELECT t.processlist_id FROM performance_schema.events_statements_history s JOIN"
                        + " performance_schema.threads t USING (thread_id) WHERE t.processlist_db ='"
                        + database.name()
                        + "' AND s.sql_text LIKE '%"
                        + last
                        + "%' AND t.processlist_id <> CONNECTION_ID()";
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return List.of(new OpenWriter(row.getLong(1), "", "", ""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_ONLY", "SUPER_READ_ONLY"})
    void openTransactionsAreListedAndCannotCommit(Kind kind) throws Exception {
        try (Connection application = application()) {
            application.setAutoCommit(false);
            execute(application, insert());
            WriteGate gate = gate(kind);
            gate.pause(gate.former());

            // MySQL answers INNODB_TRX from a copy that is up to 0.1 s old.
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () ->
                                    assertThat(gate.openWriters())
                                            .filteredOn(open -> open.user().equals(writer()))
                                            .singleElement()
                                            .satisfies(
                                                    open ->
                                                            assertThat(open.doing())
                                                                    .isEqualTo(
                                                                            "an open transaction has changed 1 row")));
            assertThatThrownBy(application::commit).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPauseThatStillWaitsIsCalledOffFromAnotherProcess(Kind kind) throws Exception {
        try (Connection blocker = database.connection();
                Connection application = application();
                WriteGate gate = gate(kind)) {
            execute(blocker, "LOCK TABLES t WRITE");
            Map<String, String> former = gate.former();
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    gate.pause(former);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            await().atMost(Duration.ofSeconds(9)).until(this::aPauseWaits);

            try (WriteGate other = gate(kind)) {
                other.resume(former);
            }

            assertThatThrownBy(waiting::join).cause().cause().isInstanceOf(SQLException.class);
            execute(blocker, "UNLOCK TABLES");
            execute(application, insert());
            assertThat(globals()).isEqualTo("00");
        }
    }

    private boolean aPauseWaits() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW FULL PROCESSLIST")) {
            boolean found = false;
            while (row.next()) {
                String sql = row.getString("Info");
                found |= sql != null && sql.startsWith("/* iotdb-migrate cutover");
            }
            return found;
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingGrantsAreFound(Kind kind) throws Exception {
        MySqlConfig asWriter =
                new MySqlConfig(
                        config.host(),
                        config.port(),
                        writer(),
                        new Secret(PASSWORD),
                        config.database(),
                        config.timeZone(),
                        config.tls(),
                        config.properties());

        assertThat(gate(kind).findings())
                .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        assertThat(gate(kind, asWriter).findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("GRANT "));
    }

    @Test
    void eventsAreCountedAcrossFilesAndInsideCompressedTransactions() throws Exception {
        BinlogPosition before = binlog().position();

        database.execute(
                insert(),
                "FLUSH BINARY LOGS",
                "SET SESSION binlog_transaction_compression = ON",
                "INSERT INTO other VALUES (7)",
                insert(),
                "UPDATE t SET ts = 5 WHERE id = 1",
                "DELETE FROM t WHERE id = 2");

        assertThat(binlog().mappedEventsAfter(before)).isEqualTo(4);
    }

    @Test
    void statementsOfOtherDatabasesCountIfTheyChangeMappedTables() throws Exception {
        String other = database.name() + "_b";
        database.execute(
                "CREATE DATABASE " + other,
                "CREATE TABLE " + other + ".own (id INT PRIMARY KEY)",
                "CREATE VIEW " + other + ".v AS SELECT id, ts FROM " + database.name() + ".t");
        try {
            BinlogPosition before = binlog().position();
            database.execute(
                    "SET SESSION binlog_format = STATEMENT",
                    "USE " + other,
                    "INSERT INTO own VALUES (1)",
                    "XA START 'other'",
                    "INSERT INTO own VALUES (2)",
                    "XA END 'other'",
                    "XA PREPARE 'other'",
                    "XA COMMIT 'other'");
            assertThat(binlog().mappedEventsAfter(before)).isZero();

            database.execute(
                    "SET SESSION binlog_format = STATEMENT",
                    "USE " + other,
                    "INSERT INTO own VALUES (3)",
                    "UPDATE v SET ts = 7");
            assertThat(binlog().mappedEventsAfter(before)).isEqualTo(1);
        } finally {
            database.execute("DROP DATABASE " + other);
        }
    }

    @Test
    void oneCutoverAtATime() throws Exception {
        NamedLock lock = new NamedLock(config, database.name());
        CutoverLock.Held held = lock.take();

        assertThatThrownBy(() -> new NamedLock(config, database.name()).take())
                .hasMessageContaining("another process is at a cutover of this migration")
                .hasMessageContaining(" from ");
        new NamedLock(config, "another-one").take().close();
        held.close();
        lock.take().close();
    }
}
