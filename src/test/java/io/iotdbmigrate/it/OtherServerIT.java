package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.testkit.GtidMode;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another MySQL server at the same address, as after a failover or a restore. */
@ExtendWith(ServersExtension.class)
class OtherServerIT {
    private TestDatabase database;

    @TempDir Path folder;

    @BeforeEach
    void begin(TestDatabase own) throws SQLException {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1)");
    }

    private Migration migration() {
        return migration("flink: {checkpoint_interval: 200ms, restart: {initial_backoff: 200ms}}");
    }

    private Migration migration(String rest) {
        return new Migration(database, folder, Mappings.deviceTable("t", "DB.d{dev}", "v"), rest);
    }

    private static MigrationStatus status(Migration migration) throws Exception {
        return new StatusRun(migration.config(), migration.state()).read();
    }

    @Test
    void withGtidsItIsFollowedUnlessItLacksTransactions() throws Exception {
        Migration migration = migration();
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            database.servers().replaceMysql();
            // Nothing has changed there, and it is known to be all there is.
            cdc.awaitApplied();
            database.execute("INSERT INTO t VALUES (3, 1, 3, 3)", "DELETE FROM t WHERE id = 2");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        database.execute(
                "INSERT INTO t VALUES (4, 1, 4, 4)", "SET PERSIST_ONLY log_replica_updates = OFF");
        database.servers().replaceMysql();
        database.execute("RESET PERSIST");
        assertThat(status(migration).lagEvents()).as("read from another server").isEmpty();
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }

        database.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1'");
        try {
            assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                    .hasMessageContaining("is a replica with log_replica_updates = OFF");
            assertThat(Check.run(migration.config(), true, List.of()).findings())
                    .anySatisfy(
                            finding -> {
                                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                                assertThat(finding.message())
                                        .contains("log_replica_updates is OFF");
                            });
        } finally {
            database.execute("RESET REPLICA ALL");
        }

        database.execute("RESET MASTER", "INSERT INTO t VALUES (5, 1, 5, 5)");
        assertRefused(ExitCode.MYSQL, () -> migration.replicate().result())
                .hasMessageContaining(" was begun anew, as by RESET MASTER")
                .hasMessageContaining("backfill --restart");
        assertThat(migration.contents()).isNotEqualTo(migration.expected());
    }

    /** The backfill also reads rows that stand behind the place where cdc begins. */
    @Test
    void withGtidsItIsRefusedIfItLacksWhatTheBackfillRead() throws Exception {
        database.insert("t", 900, "n + 2, 1, n + 2, n");
        Migration slow =
                migration(
                        "backfill: {chunk_rows: 100, rate_limit: 900}\nflink: {checkpoint_interval: 200ms}");
        String noted = gtids();
        slow.run(
                true,
                progress -> {
                    execute("REPLACE INTO t VALUES (1000, 1, 1000, 1)");
                    return false;
                });
        loseRow1000(noted);

        assertLacking(slow.replicate());
        AtomicBoolean replaced = new AtomicBoolean();
        assertRefused(
                        ExitCode.MYSQL,
                        () ->
                                slow.run(
                                        true,
                                        progress -> {
                                            if (!replaced.getAndSet(true)) {
                                                database.servers().replaceMysql();
                                            }
                                            return false;
                                        }))
                .hasMessageContaining("the backfill stops: ")
                .hasMessageContaining("is another server (server_uuid ")
                .hasMessageContaining("backfill --restart");
    }

    /** The GTIDs of a checkpoint do not have it yet. */
    @Test
    void withGtidsItIsRefusedIfItLacksTheLastTransaction() throws Exception {
        Migration migration = migration();
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            execute("INSERT INTO t VALUES (2, 1, 2, 2)");
            cdc.awaitApplied();
            String noted = gtids();
            execute("INSERT INTO t VALUES (1000, 1, 1000, 1)");
            cdc.awaitApplied();
            cdc.stop();
            loseRow1000(noted);
        }
        execute("INSERT INTO t VALUES (3, 1, 3, 3)");

        assertLacking(migration.replicate());
    }

    private void loseRow1000(String gtids) {
        execute("SET sql_log_bin = 0", "DELETE FROM t WHERE id = 1000", "SET sql_log_bin = 1");
        execute("RESET MASTER", "SET GLOBAL gtid_purged = '" + gtids + "'");
        database.servers().replaceMysql();
    }

    private static void assertLacking(Replication cdc) {
        assertRefused(ExitCode.MYSQL, cdc::result)
                .hasMessageContaining("lacks transactions that count as read: ")
                .hasMessageContaining("backfill --restart");
    }

    private void execute(String... sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String gtids() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
            row.next();
            return row.getString(1).replace("\n", "");
        }
    }

    @Test
    void withoutGtidsItIsRefused() throws Exception {
        try (GtidMode off = GtidMode.of(database, false)) {
            Migration running = migration();
            Migration copied = running.named("copied");
            running.restart();
            copied.restart();
            try (Replication cdc = running.replicate()) {
                database.execute("INSERT INTO t VALUES (2, 1, 2, 2)");
                cdc.awaitApplied();
                database.servers().replaceMysql();
                GtidMode.of(database, false);
                database.execute("INSERT INTO t VALUES (3, 1, 3, 3)");

                assertAnother(cdc);
            }
            assertThat(running.contents().size()).isEqualTo(2);
            assertThat(status(running).lagEvents()).isEmpty();

            assertAnother(running.replicate());
            assertAnother(copied.replicate());
        }
    }

    private static void assertAnother(Replication cdc) {
        assertRefused(ExitCode.MYSQL, cdc::result)
                .hasMessageContaining(" is another server (server_uuid ")
                .hasMessageContaining("without GTIDs the position binlog.")
                .hasMessageContaining("backfill --restart");
    }
}
