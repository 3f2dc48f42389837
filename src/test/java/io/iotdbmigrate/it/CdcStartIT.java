package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a replication begins, and what keeps it from beginning. */
@ExtendWith(ServersExtension.class)
class CdcStartIT {
    private TestDatabase database;

    @TempDir Path folder;

    /** The binlog begins with the statements of one test; the first row is from long ago. */
    @BeforeEach
    void begin(TestDatabase database) throws SQLException {
        this.database = database;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))");
        purgeBinlog();
        database.execute("SET SESSION timestamp = 1000000000", "INSERT INTO t VALUES (1, 1, 1, 1)");
    }

    /**
     * A server keeps what a reader has that is gone, until it finds that out: it is asked again.
     */
    private void purgeBinlog() throws SQLException {
        database.execute("FLUSH BINARY LOGS");
        String last = head().file();
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            database.execute("PURGE BINARY LOGS TO '" + last + "'");
                            return oldestBinlog().equals(last);
                        });
    }

    private String oldestBinlog() {
        try (BinlogServer server = new BinlogServer(mysql())) {
            return server.history().oldest("").file();
        }
    }

    private BinlogPosition head() {
        try (BinlogServer server = new BinlogServer(mysql())) {
            return server.head();
        }
    }

    private MySqlConfig mysql() {
        return migration("auto").config().mysql();
    }

    private Migration migration(String startupMode) {
        return migration(startupMode, "v");
    }

    private Migration migration(String startupMode, String measurement) {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", measurement),
                """
                mysql: {cdc: {startup_mode: %s}}
                flink: {checkpoint_interval: 200ms}
                """
                        .formatted(startupMode));
    }

    /** Where nothing is noted, it begins when it is connected. */
    private void awaitReader() {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            try (Connection connection = database.connection();
                                    Statement statement = connection.createStatement();
                                    ResultSet row =
                                            statement.executeQuery(
                                                    "SELECT COUNT(*) FROM"
                                                            + " information_schema.processlist WHERE"
                                                            + " command LIKE 'Binlog Dump%'")) {
                                row.next();
                                return row.getInt(1) > 0;
                            }
                        });
    }

    @Test
    void initialCopiesBefore() throws Exception {
        Migration migration = migration("initial");
        assertThat(new CdcRun(migration.config(), migration.state()).needsBackfill()).isTrue();
        Path config = Files.writeString(folder.resolve("initial.yml"), migration.yaml());
        Tool tool = new Tool(folder);
        Process cdc =
                tool.start("cdc", "--config", config.toString(), "--state-dir", folder.toString());
        awaitReader();
        database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
        Replication.awaitAppliedBy(migration, tool, cdc);
        Tool.signal(cdc, "TERM");
        assertThat(tool.end(cdc).exitCode()).isEqualTo(130);
        assertThat(migration.contents().size()).isEqualTo(2);
    }

    @Test
    void theIdOfTheServerItselfIsRefused() {
        assertRefused(ExitCode.CONFIG, () -> migration("latest, server_id: 1").replicate().result())
                .hasMessageContaining("mysql.cdc.server_id: 1 is taken")
                .hasMessageContaining("remove the key and a free one is picked");
    }

    @Test
    void oneThatIsTakenIsPassedOver() {
        try (BinlogServer server = new BinlogServer(mysql())) {
            assertThat(server.serverId(new ServerIdRange(1, 2))).isEqualTo(new ServerIdRange(2, 2));
        }
    }

    /** Two that go on both would end each other for ever. */
    @Test
    void theIdOfAnotherReaderThatComesLaterEndsIt() throws Exception {
        MySqlConfig mysql = mysql();
        BinaryLogClient other =
                new BinaryLogClient(
                        mysql.host(), mysql.port(), mysql.user(), mysql.password().reveal());
        other.setServerId(74_611);
        other.setBinlogFilename(head().file());
        other.setBinlogPosition(head().offset());
        try (Replication cdc = migration("latest, server_id: 74611").replicate()) {
            awaitReader();
            // A reader before it looks when the file was begun, with another id.
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            other.connect(10_000);
            assertRefused(ExitCode.MYSQL, cdc::result)
                    .hasMessageContaining("with server id 74611, which this cdc had")
                    .hasMessageContaining("mysql.cdc.server_id");
        } finally {
            other.disconnect();
        }
    }

    @Test
    void aPurgedPositionIsNamedWithTheOldestOneLeft() throws Exception {
        Migration migration = migration("auto");
        migration.restart();
        database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
        purgeBinlog();
        assertPurged(migration);
    }

    @Test
    void soIsOneThatWasPurgedWhileItWasStopped() throws Exception {
        Migration migration = migration("auto");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            cdc.stop();
        }
        database.execute("INSERT INTO t VALUES (3, 1, 3, 3)");
        purgeBinlog();
        assertPurged(migration);
    }

    /** With GTIDs, too, the first of its changes would count as read. */
    @Test
    void aBinlogThatWasBegunAnewIsRefused() throws Exception {
        Migration migration = migration("auto");
        migration.restart();
        String file;
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            file = head().file();
            database.execute("RESET MASTER", "INSERT INTO t VALUES (3, 1, 3, 3)");
            assertThatThrownBy(cdc::result)
                    .hasMessageContaining("lacks transactions that count as read");
        }
        assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                .hasMessageContaining("was begun anew");
        while (!head().file().equals(file)) {
            database.execute("FLUSH BINARY LOGS");
        }
        for (int i = 0; i < 20; i++) {
            database.execute("CREATE TABLE longer (id INT)", "DROP TABLE longer");
        }
        assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                .hasMessageContaining("was begun anew")
                .hasMessageContaining("backfill --restart");
        assertRefused(
                        ExitCode.MYSQL,
                        () -> new StatusRun(migration.config(), migration.state()).read())
                .hasMessageContaining("was begun anew");
    }

    /**
     * File, offset and GTIDs are there again, a moment after the backfill. A binlog tells its
     * beginning by the second: the next one has to be another.
     */
    @Test
    void aBinlogThatWasBegunAnewBehindTheBackfillIsRefused() throws Exception {
        database.execute("RESET MASTER");
        long begun = database.seconds();
        Migration migration = migration("auto");
        migration.restart();
        await().until(() -> database.seconds() > begun);
        database.execute("RESET MASTER");
        for (int i = 2; i < 40; i++) {
            database.execute("INSERT INTO t VALUES (" + i + ", 1, " + i + ", 3)");
        }
        assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                .hasMessageContaining("was begun anew")
                .hasMessageContaining("backfill --restart");
    }

    private void assertPurged(Migration migration) {
        assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                .hasMessageContaining("has purged its binlog from binlog.")
                .hasMessageContaining("the oldest position left is " + head().file() + ":4")
                .hasMessageContaining("backfill --restart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE TABLE t",
                "ALTER TABLE t MODIFY v BIGINT",
                "ALTER TABLE t MODIFY v BIGINT, ADD COLUMN more INT",
                "DROP TABLE t",
                "RENAME TABLE t TO t_old"
            })
    void stopsAtAStatementThatLiesBeforeItsStart(String sql) throws Exception {
        Migration migration = migration("auto");
        migration.restart();
        database.execute("INSERT INTO t VALUES (2, 1, 2, 2)", sql);
        if (sql.startsWith("DROP") || sql.startsWith("RENAME")) {
            database.execute(
                    "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v"
                            + " INT, UNIQUE (dev, ts))");
        }
        database.execute("INSERT INTO t (id, dev, ts, v) VALUES (3, 1, 3, 3)");
        assertRefused(ExitCode.JOB_FAILED, () -> migration.replicate().result())
                .hasMessageContaining(sql.substring(0, 10))
                .hasMessageContaining(" at binlog.")
                .hasMessageContaining("backfill --restart");
        assertThat(migration.contents().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void aChangedMappingIsRefused() throws Exception {
        Migration migration = migration("auto");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            cdc.stop();
        }
        assertRefused(
                        ExitCode.CONFIG,
                        () -> migration("auto", "v, type: INT64").replicate().result())
                .hasMessageContaining("the mapping or the columns of " + database.name() + ".t")
                .hasMessageContaining("backfill --restart");
    }

    @Test
    void soIsOneThatChangedSinceTheBackfill() throws Exception {
        migration("auto").restart();
        assertRefused(
                        ExitCode.CONFIG,
                        () -> migration("auto", "v, type: INT64").replicate().result())
                .hasMessageContaining("the mapping changed of " + database.name() + ".t since")
                .hasMessageContaining("backfill --restart");
    }
}
