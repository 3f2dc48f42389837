package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.mysql.VisibleCommits;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.testkit.GtidMode;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OneGraphReplication;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MySQL sends and counts a change before it shows it. Each commit takes a second here. */
@ExtendWith(ServersExtension.class)
class VisibleCommitsIT {
    private static final String MAPPING = Mappings.deviceTable("m", "DB.m.d{dev}", "a");

    private TestDatabase database;

    @TempDir Path state;

    @BeforeEach
    void begin(TestDatabase own) throws SQLException {
        database = own;
        database.execute(
                "CREATE TABLE m (id INT AUTO_INCREMENT PRIMARY KEY, dev INT, ts BIGINT, a INT)",
                "INSERT INTO m VALUES (1, 1, 1, 10), (2, 1, 2, 10)",
                "SET GLOBAL binlog_group_commit_sync_delay = 1000000");
    }

    @AfterEach
    void end() throws SQLException {
        database.execute("SET GLOBAL binlog_group_commit_sync_delay = 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsForWhatTheBinlogHas(boolean gtids) throws Exception {
        try (GtidMode mode = GtidMode.of(database, gtids);
                Connection reader = database.connection()) {
            String before = position(reader);
            CompletableFuture<Void> update = update();
            await().until(() -> !position(reader).equals(before));
            assertThat(a(reader)).isEqualTo(10);
            if (gtids) {
                assertThatThrownBy(() -> VisibleCommits.await(reader, Duration.ofMillis(1)))
                        .isInstanceOf(AwayException.class)
                        .hasMessageContaining("no query sees it after 0 s: its commit waits");
            }
            VisibleCommits.await(reader);
            assertThat(a(reader)).isEqualTo(20);
            update.join();
            assertThat(mode).isNotNull();
        }
    }

    /** Rows may share a point here, so MySQL is asked which of them stands. */
    @Test
    void aRowIsAskedForWhenItsChangeIsShown() throws Exception {
        Migration migration = migration();
        migration.backfill();
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute("UPDATE m SET a = 20 WHERE id = 1", "DELETE FROM m WHERE id = 2");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    /** Nearly always a row is being committed when the connector notes its position. */
    @Test
    void theConnectorsSnapshotReadsWhatStandsBeforeItsPosition() throws Exception {
        Migration migration =
                new Migration(
                        database,
                        state,
                        MAPPING,
                        "flink: {checkpoint_interval: 200ms}\nmysql: {cdc: {startup_mode:"
                                + " initial}}");
        AtomicBoolean stop = new AtomicBoolean();
        try (GtidMode mode = GtidMode.of(database, false)) {
            CompletableFuture<Void> inserts =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int id = 3; !stop.get(); id++) {
                                    execute("INSERT INTO m VALUES (" + id + ", 1, " + id + ", 1)");
                                }
                            });
            try (OneGraphReplication cdc = migration.replicateInOneGraph()) {
                await().atMost(Duration.ofMinutes(1)).until(() -> migration.contents().size() > 0);
                stop.set(true);
                inserts.join();
                Replication.awaitAppliedSomewhere(migration);
                assertThat(cdc).isNotNull();
            }
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertThat(mode).isNotNull();
        } finally {
            stop.set(true);
        }
    }

    private Migration migration() {
        return new Migration(database, state, MAPPING, "flink: {checkpoint_interval: 200ms}");
    }

    private CompletableFuture<Void> update() {
        return CompletableFuture.runAsync(() -> execute("UPDATE m SET a = 20 WHERE id = 1"));
    }

    private void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String position(Connection connection) throws SQLException {
        return BinlogPositions.current(connection).orElseThrow().toString();
    }

    private static int a(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT a FROM m WHERE id = 1")) {
            row.next();
            return row.getInt(1);
        }
    }
}
