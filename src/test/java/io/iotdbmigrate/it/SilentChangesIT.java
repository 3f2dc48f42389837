package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What MySQL changes without a complete row event is applied, or stops the replication. */
@ExtendWith(ServersExtension.class)
class SilentChangesIT {
    private final TestDatabase database;

    @TempDir Path state;

    SilentChangesIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS kept, m, reading, device",
                "DROP VIEW IF EXISTS seen",
                "CREATE TABLE m (dev INT, t BIGINT, a DOUBLE, spare INT, PRIMARY KEY (dev, t))",
                "INSERT INTO m VALUES (1, 1, 1, 1), (1, 11, 2, 2)",
                "CREATE TABLE kept (dev INT, t BIGINT, a DOUBLE, PRIMARY KEY (dev, t)) PARTITION BY"
                        + " RANGE (t) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS"
                        + " THAN MAXVALUE)",
                "INSERT INTO kept VALUES (1, 1, 1), (1, 11, 2)",
                "CREATE VIEW seen AS SELECT * FROM m");
    }

    /** What a test left prepared would hold its locks for good. */
    @AfterEach
    void endTransactions() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            List<String> open = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("XA RECOVER")) {
                while (rows.next()) {
                    open.add(rows.getString("data"));
                }
            }
            for (String xid : open) {
                statement.execute("XA ROLLBACK '" + xid + "'");
            }
        }
    }

    private Migration migration(String onPartitionDrop, String rest) {
        return new Migration(
                database,
                state,
                mapping("m", "fail") + mapping("kept", onPartitionDrop),
                "flink: {checkpoint_interval: 200ms, restart: {attempts: 2}}\n" + rest);
    }

    private static String mapping(String table, String onPartitionDrop) {
        return """
                - table: %1$s
                  device_field: dev
                  timestamp_field: t
                  timestamp_unit: ms
                  device_template: DB.%1$s{dev}
                  on_partition_drop: %2$s
                  measurements: [{name: a}]
                """
                .formatted(table, onPartitionDrop);
    }

    /** Prepared and committed by statements of any session, before and behind a savepoint. */
    @Test
    void rowsOfXaTransactionsCountWhenTheyAreCommitted() throws Exception {
        Migration migration = migration("ignore", "");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "XA START 'first'",
                    "UPDATE m SET a = -10 WHERE dev = 1 AND t = 1",
                    "XA END 'first'",
                    "XA PREPARE 'first'");
            database.execute("XA COMMIT 'first'");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            database.execute(
                    "XA START 'back'",
                    "DELETE FROM m WHERE dev = 1 AND t = 11",
                    "INSERT INTO m VALUES (1, 20, 1, 1)",
                    "XA END 'back'",
                    "XA PREPARE 'back'");
            database.execute(
                    "XA START 'late'",
                    "INSERT INTO m VALUES (2, 20, 1, 1), (2, 21, 1, 1)",
                    "XA END 'late'",
                    "XA PREPARE 'late'");
            database.execute("INSERT INTO m VALUES (3, 1, 1, 1)");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertRefused(ExitCode.MYSQL, migration::copiedNow)
                    .hasMessageContaining("prepared XA transactions")
                    .hasMessageContaining("0x6C617465");
        }
        database.execute("XA ROLLBACK 'back'", "XA COMMIT 'late'");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            Contents before = migration.contents();
            database.execute("ALTER TABLE kept DROP PARTITION p1");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(before);
            // Older than what was dropped, so that this is from the middle.
            database.execute("INSERT INTO kept VALUES (1, 0, 3)");
            cdc.awaitApplied();
            Contents late = migration.contents();
            assertRefused(
                            ExitCode.CONFIG,
                            () ->
                                    Verification.run(
                                            migration,
                                            Verification.options(RepairMode.WRITE_AND_DELETE)))
                    .hasMessageContaining("of dropped partitions of kept")
                    .hasMessageContaining("leave --delete-extra out");
            VerifyReport kept = Verification.run(migration, Verification.options(RepairMode.WRITE));
            assertThat(kept.equal()).as("equal, but for what is kept").isTrue();
            assertThat(kept.tables().stream().mapToLong(VerifyReport.Table::kept).sum()).isOne();
            assertThat(kept.notCompared())
                    .anyMatch(note -> note.contains("of a partition that cdc saw dropped"));
            assertThat(migration.contents()).isEqualTo(late);

            database.executeInIotdb("INSERT INTO DB.kept1(time, a) VALUES (1000, 1)");
            // Nothing of it is in the binlog.
            database.execute("SET SESSION sql_log_bin = 0", "UPDATE m SET a = 7 WHERE dev = 3");
            VerifyReport differing =
                    Verification.run(migration, Verification.options(RepairMode.NONE));
            assertThat(differing.tables())
                    .extracting(
                            VerifyReport.Table::name,
                            VerifyReport.Table::extra,
                            VerifyReport.Table::different)
                    .as("a row that was in no dropped partition; one that was not logged")
                    .containsExactlyInAnyOrder(tuple("kept", 1L, 0L), tuple("m", 0L, 1L));
        }
    }

    /** Before and behind a savepoint, from the middle, and beside readings that come late. */
    @Test
    void rowsOfDroppedPartitionsAreDeletedIfTheMappingSaysSo() throws Exception {
        Migration migration = migration("delete", "");
        database.execute(
                "ALTER TABLE kept REORGANIZE PARTITION p2 INTO (PARTITION p2 VALUES LESS THAN (20),"
                        + " PARTITION p3 VALUES LESS THAN (30), PARTITION p4 VALUES LESS THAN"
                        + " MAXVALUE)",
                "INSERT INTO kept VALUES (2, 2, 3), (2, 22, 4), (2, 33, 5)");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "INSERT INTO kept VALUES (3, 13, 5)", "ALTER TABLE kept DROP PARTITION p2");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        database.execute(
                "ALTER TABLE kept TRUNCATE PARTITION p1",
                "ALTER TABLE kept DROP PARTITION p3",
                "INSERT INTO kept VALUES (2, 2, 6), (5, 15, 7), (4, 44, 6)");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(Verification.run(migration, Verification.options(RepairMode.NONE)).equal())
                    .isTrue();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        database.execute(
                "ALTER TABLE kept REORGANIZE PARTITION p4 INTO (PARTITION p5 VALUES LESS THAN (50),"
                        + " PARTITION p6 VALUES LESS THAN MAXVALUE)",
                "ALTER TABLE kept DROP PARTITION p5",
                "INSERT INTO kept VALUES (9, 99, 9)");
        try (Replication cdc = migration.replicate()) {
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("\"ALTER TABLE kept DROP PARTITION p5\" at binlog.")
                    .hasMessageContaining("partition p5 was gone before cdc saw it")
                    .hasMessageContaining("on_partition_drop: ignore");
        }
        assertThat(migration.contents().points().keySet()).noneMatch(p -> p.contains("kept9"));
    }

    /** Deleted and renamed devices, before and behind a savepoint. */
    @Test
    void devicesThatForeignKeysDeleteOrRenameAreFollowedIfTheMappingSaysSo() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS reading, device, sample, lot",
                "CREATE TABLE lot (n VARCHAR(9), b BINARY(4), y YEAR, d DATE, c DECIMAL(5,2), u INT"
                        + " UNSIGNED, PRIMARY KEY (b, n, y, d, c, u)) CHARACTER SET latin1",
                "CREATE TABLE sample (id INT AUTO_INCREMENT PRIMARY KEY, t BIGINT, a DOUBLE, n"
                        + " VARCHAR(9), b BINARY(4), y YEAR, d DATE, c DECIMAL(5,2), u INT UNSIGNED,"
                        + " FOREIGN KEY (b, n, y, d, c, u) REFERENCES lot (b, n, y, d, c, u) ON DELETE"
                        + " CASCADE ON UPDATE CASCADE) CHARACTER SET latin1",
                "INSERT INTO lot VALUES ('é1', X'0A0B0000', 0, '2026-01-01', 1.5, 4000000000),"
                        + " ('é2', X'0A0B0000', 2000, '2026-01-01', -1.5, 1), ('é3', X'00', 2000,"
                        + " '2026-01-01', 0, 1)",
                "INSERT INTO sample (t, a, n, b, y, d, c, u) SELECT 1, 1, n, b, y, d, c, u FROM lot",
                "INSERT INTO sample (t, a, n, b, y, d, c, u) SELECT 2, 2, UPPER(n), b, y, d, c, u"
                        + " FROM lot",
                "CREATE TABLE device (id INT PRIMARY KEY, name VARCHAR(20))",
                "CREATE TABLE reading (dev INT, t BIGINT, a DOUBLE, PRIMARY KEY (dev, t), CONSTRAINT"
                        + " of_device FOREIGN KEY (dev) REFERENCES device (id) ON DELETE CASCADE ON"
                        + " UPDATE CASCADE)",
                "INSERT INTO device VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
                "INSERT INTO reading VALUES (1, 1, 1), (1, 2, 2), (2, 1, 3), (3, 1, 4), (4, 1, 5)");
        Migration migration =
                new Migration(
                        database,
                        state,
                        (mapping("reading", "fail")
                                        + mapping("sample", "fail")
                                                .replace(
                                                        "DB.sample{dev}",
                                                        "DB.{n}.x{b}.y{y}.d{d}.c{c}.u{u}")
                                                .replace("device_field: dev", ""))
                                .replace("on_partition_drop: fail", "on_cascade: reread"),
                        "flink: {checkpoint_interval: 200ms, restart: {attempts: 2}}\n");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "UPDATE device SET name = 'z' WHERE id = 4",
                    "DELETE FROM device WHERE id = 1",
                    "DELETE FROM lot WHERE n = 'é1'",
                    "UPDATE lot SET n = 'ß', b = X'FF', y = 0, d = '1999-12-31', c = 9.25, u = 7"
                            + " WHERE n = 'é2'",
                    "INSERT INTO sample (t, a, n, b, y, d, c, u) SELECT 3, 3, n, b, y, d, c, u FROM"
                            + " lot",
                    "UPDATE device SET id = 22 WHERE id = 2",
                    "INSERT INTO reading VALUES (22, 5, 6), (3, 5, 7)");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        database.execute(
                "DELETE FROM device WHERE id = 3",
                "INSERT INTO device VALUES (3, 'again')",
                "INSERT INTO reading VALUES (3, 9, 9)");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(Verification.run(migration, Verification.options(RepairMode.NONE)).equal())
                    .isTrue();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        database.execute(
                "DELETE FROM device WHERE id = 3",
                "ALTER TABLE reading DROP FOREIGN KEY of_device",
                "DELETE FROM device WHERE id = 22",
                "INSERT INTO reading VALUES (22, 10, 10)");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
        }
        database.executeInIotdb("DELETE TIMESERIES DB.**");
    }

    @Test
    void stopsAndTellsOfALag() throws Exception {
        Migration migration = migration("fail", "mysql: {cdc: {startup_mode: latest}}");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute(
                    "ALTER TABLE kept DROP PARTITION p1", "INSERT INTO m VALUES (9, 9, 9, 9)");
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("\"ALTER TABLE kept DROP PARTITION p1\" at binlog.")
                    .hasMessageContaining("takes away the rows of a partition of")
                    .hasMessageContaining("on_partition_drop: ignore");
        }
        assertThat(new StatusRun(migration.config(), migration.state()).read().lagEvents())
                .matches(lag -> lag.orElse(0) > 0, "tells of a lag");
        assertThat(migration.contents().points().keySet()).noneMatch(point -> point.contains("m9"));
    }

    @Test
    void refusesAView() {
        Migration migration =
                new Migration(
                        database,
                        state,
                        mapping("seen", "fail"),
                        "mysql: {cdc: {startup_mode: latest}}");
        assertRefused(ExitCode.CONFIG, () -> migration.replicate().result())
                .hasMessageContaining("is a view");
    }

    @Test
    void refusesATableWhoseRowsAreThoseOfOthers() throws Exception {
        String columns = " (dev INT, t BIGINT, a INT) ENGINE = ";
        database.execute(
                "CREATE TABLE part" + columns + "MyISAM",
                "CREATE TABLE merged" + columns + "MERGE UNION = (part)");
        try {
            Migration migration =
                    new Migration(
                            database,
                            state,
                            mapping("merged", "fail"),
                            "mysql: {cdc: {startup_mode: latest}}");
            assertRefused(ExitCode.CONFIG, () -> migration.replicate().result())
                    .hasMessageContaining("merged: it is of the engine MRG_MYISAM");
        } finally {
            database.execute("DROP TABLE merged, part");
        }
    }
}
