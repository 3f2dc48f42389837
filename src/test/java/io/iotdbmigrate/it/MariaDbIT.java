package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.run.cutover.FlinkCdcJob;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Nobody;
import io.iotdbmigrate.testkit.OnMySql;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB as the source of a whole migration. */
@ExtendWith(ServersExtension.class)
@OnMySql("mariadb-11.8")
class MariaDbIT {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, true);
    private static final String[] ADDRESSES = {
        "1:0:2:3:4:5:6:7", "::1.2.3.4", "::ffff:1.2.3.4", "::1", "::", "1:0:0:2::3", "2001:db8::"
    };

    private TestDatabase database;

    @TempDir Path folder;

    @BeforeEach
    void begin(TestDatabase own) throws SQLException {
        database = own;
        database.execute(
                "CREATE TABLE t (dev UUID, ts BIGINT NOT NULL, net INET6, v DOUBLE, f FLOAT,"
                        + " at TIMESTAMP(6) NULL, i4 INET4, j JSON, n VARCHAR(300) CHARACTER SET"
                        + " latin1, PRIMARY KEY (dev, ts))",
                "CREATE TABLE k (id INT PRIMARY KEY, dev INET6 NOT NULL, ts BIGINT NOT NULL, w INT)");
    }

    private Migration migration() throws IOException {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", "net", "v", "f", "at", "i4", "j", "n")
                        + Mappings.deviceTable("k", "DB.k{dev}", "w"),
                "flink: {checkpoint_interval: 200ms, restart: {initial_backoff: 200ms}}\n"
                        + "backfill: {chunk_rows: 100}\n"
                        + "cutover: {pause: read_only, hooks: {switch: "
                        + hook()
                        + "}}");
    }

    /** Rows of devices whose UUIDs are of each version. */
    private void insert(int from, int rows) throws SQLException {
        for (int version = 1; version < 8; version++) {
            String uuid =
                    new UUID(0x1234_5678_9abc_0000L + (version << 12), 0x8000_0000_0000_0100L)
                            .toString();
            database.execute(
                    ("INSERT INTO t (dev, ts, net, v, f, at, i4, j, n) SELECT '%s', seq, '%s', seq / 3, seq / 7,"
                                    + " FROM_UNIXTIME(1000000000 /*M!110500 + 3000000000 */ + seq / 8), '10.0.%d.0',"
                                    + " JSON_OBJECT('a', seq), REPEAT('\u00fc', seq %% 300)"
                                    + " FROM seq_%d_to_%d")
                            .formatted(
                                    uuid,
                                    ADDRESSES[version % ADDRESSES.length],
                                    version,
                                    from,
                                    from + rows - 1));
        }
    }

    @Test
    void aWholeMigration() throws Exception {
        insert(1, 100);
        database.execute("INSERT INTO k VALUES (1, '::1', 1, 1), (2, '::1', 1, 2)");
        Migration migration = migration();
        migration.restart();
        assertThat(migration.contents()).isEqualTo(migration.expected());
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            insert(101, 50);
            database.execute(
                    "BEGIN",
                    "UPDATE t SET v = -v, net = '::9' WHERE ts < 10",
                    "DELETE FROM t WHERE ts BETWEEN 20 AND 30",
                    "REPLACE INTO t (dev, ts, v) SELECT dev, 5, 55 FROM t WHERE ts = 1",
                    "UPDATE t SET ts = ts + 1000 WHERE ts = 40",
                    "COMMIT");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            database.execute("SET GLOBAL log_bin_compress = ON", "FLUSH BINARY LOGS");
            insert(151, 50);
            database.execute(
                    "UPDATE t SET n = REPEAT('z', 300), j = NULL WHERE ts BETWEEN 50 AND 60",
                    "DELETE FROM t WHERE ts BETWEEN 70 AND 90",
                    "SET STATEMENT max_statement_time = 60 FOR ALTER ONLINE TABLE t NOWAIT ADD more"
                            + " INET6, COMMENT '"
                            + "x".repeat(400)
                            + "'",
                    "UPDATE t SET more = '::5', v = v + 1 WHERE ts < 3",
                    "SET SESSION binlog_alter_two_phase = ON",
                    "ALTER TABLE t ADD first_of_all INT FIRST, DROP more",
                    "UPDATE t SET v = v + 1 WHERE ts < 4",
                    "SET GLOBAL log_bin_compress = OFF",
                    "UPDATE k SET w = 3 WHERE id = 1",
                    "DELETE FROM k WHERE id = 2");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            database.execute(
                    "XA START 'r'",
                    "UPDATE t SET v = 99",
                    "XA END 'r'",
                    "XA PREPARE 'r'",
                    "XA ROLLBACK 'r'",
                    "XA START 'c', 'b', 7",
                    "UPDATE t SET v = 77 WHERE ts = 12 AND dev ="
                            + " '12345678-9abc-1000-8000-000000000100'",
                    "DELETE FROM k WHERE id = 1",
                    "XA END 'c', 'b', 7",
                    "XA PREPARE 'c', 'b', 7");
            insert(201, 2);
            database.execute("XA COMMIT 'c', 'b', 7");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        insert(301, 100);
        database.execute("DELETE FROM t WHERE ts = 301", "FLUSH BINARY LOGS");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.servers().stopMysql();
            database.servers().startMysql();
            insert(401, 3);
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
            CutoverReport report = switchOver(migration);
            assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.SWITCHED);
            assertThat(switched()).exists();
        } finally {
            database.execute("SET GLOBAL read_only = OFF");
        }
    }

    /** A semi-synchronous replica that is away holds up the commit of what the binlog has. */
    @Test
    void aBackfillReadsWhatStandsBeforeItsPosition() throws Exception {
        Migration migration = migration();
        database.execute(
                "INSERT INTO k VALUES (1, '::1', 1, 1)",
                "SET GLOBAL rpl_semi_sync_master_wait_point = AFTER_SYNC",
                "SET GLOBAL rpl_semi_sync_master_timeout = 8000",
                "SET GLOBAL rpl_semi_sync_master_enabled = ON");
        try (Connection reader = database.connection()) {
            String before = BinlogPositions.current(reader).orElseThrow().toString();
            CompletableFuture<Void> update = CompletableFuture.runAsync(this::update);
            await().until(
                            () ->
                                    !BinlogPositions.current(reader)
                                            .orElseThrow()
                                            .toString()
                                            .equals(before));
            migration.restart();
            update.join();
            try (Replication cdc = migration.replicate()) {
                cdc.awaitApplied();
            }
            assertThat(migration.contents()).isEqualTo(migration.expected());
        } finally {
            database.execute("SET GLOBAL rpl_semi_sync_master_enabled = OFF");
        }
    }

    private void update() {
        try {
            database.execute("UPDATE k SET w = 2");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path hook() throws IOException {
        Path hook = folder.resolve("switch.sh");
        Files.writeString(hook, "#!/bin/sh\ntouch '" + switched() + "'\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        return hook;
    }

    private Path switched() {
        return folder.resolve("switched");
    }

    private CutoverReport switchOver(Migration migration) throws Exception {
        MigrationConfig config = migration.config();
        FlinkCdcJob job = new FlinkCdcJob(config, migration.state(), null, migration::replicate);
        try (CutoverPorts ports =
                CutoverWiring.ports(
                        config,
                        Nobody.atAll(),
                        job,
                        SharedCluster.verification(config, migration.state(), job))) {
            Nobody nobody = Nobody.atAll();
            return new Cutover(config, ports, nobody, nobody, nobody::ends).run(EXECUTE);
        }
    }

    /** What the binlog does not say row by row, or in a form that cannot be read. */
    @Test
    void whatCannotBeFollowedIsRefused() throws Exception {
        database.execute(
                "CREATE TABLE par (id INT PRIMARY KEY)",
                "INSERT INTO par VALUES (1), (2)",
                "ALTER TABLE k ADD par INT, ADD FOREIGN KEY (par) REFERENCES par (id) ON DELETE SET"
                        + " NULL",
                "INSERT INTO k VALUES (1, '::1', 1, 1, 1)",
                "ALTER TABLE t ADD c VARCHAR(9) COMPRESSED");
        Migration migration = migration();
        assertThat(Check.run(migration.config(), true, List.of()).findings())
                .anyMatch(f -> f.message().contains("which MariaDB does not log"))
                .anyMatch(f -> f.message().contains("COMPRESSED column c"));
        migration.restart();
        assertStops(migration, "COMPRESSED column c");
        database.execute("ALTER TABLE t DROP c, ADD SYSTEM VERSIONING");
        assertStops(migration, "WITH SYSTEM VERSIONING");
        database.execute("ALTER TABLE t DROP SYSTEM VERSIONING");
        assertStops(migration, "COMPRESSED column when it was copied");
        migration.restart();
        database.execute("DELETE FROM par WHERE id = 2");
        assertStops(migration, "by the foreign key");
        migration.restart();
        database.execute("ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4");
        assertStops(migration, "changes the character set");
        migration.restart();
        database.execute(
                "CREATE OR REPLACE TABLE k (id INT PRIMARY KEY, dev INET6 NOT NULL, ts BIGINT, w INT)");
        assertStops(migration, "takes away all rows");
    }

    /** MariaDB does not log which databases a statement changed. */
    @Test
    void aStatementOfAnotherDatabaseStopsUnlessNothingThereReachesAMappedTable() throws Exception {
        String other = database.name() + "_o";
        Migration migration = migration();
        migration.restart();
        try {
            database.execute(
                    "CREATE DATABASE " + other,
                    "USE " + other,
                    "CREATE TABLE x (i INT)",
                    "SET SESSION binlog_format = STATEMENT",
                    "INSERT INTO x VALUES (1)");
            try (Replication cdc = migration.replicate()) {
                cdc.awaitApplied();
                cdc.stop();
            }
            database.execute(
                    "INSERT INTO k VALUES (1, '::1', 1, 1)",
                    "CREATE VIEW " + other + ".v AS SELECT * FROM k",
                    "USE " + other,
                    "SET SESSION binlog_format = STATEMENT",
                    "UPDATE v SET w = 9");
            assertStops(migration, "by the view " + other + ".v");
        } finally {
            database.execute("DROP DATABASE " + other);
        }
    }

    private static void assertStops(Migration migration, String why) {
        assertThatThrownBy(
                        () -> {
                            try (Replication cdc = migration.replicate()) {
                                cdc.result();
                            }
                        })
                .hasStackTraceContaining(why);
    }

    @Test
    void aGtidSetIsNoStart() throws Exception {
        Migration migration =
                new Migration(
                        database,
                        folder,
                        Mappings.deviceTable("k", "DB.k{dev}", "w"),
                        "mysql: {cdc: {startup_mode: gtid, gtid_set:"
                                + " '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'}}");
        assertStops(migration, "read by file and offset");
        assertStops(migration.connecting("password: wrong"), "MariaDB at ");
    }
}
