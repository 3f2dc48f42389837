package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables of which {@code where} takes some rows, through all that happens to them. */
@ExtendWith(ServersExtension.class)
class FilteredRowsIT {
    private static final String MAPPINGS =
            mapping("plain", "DB.plain{dev}", "quality = 192 AND (note IS NULL OR note <> 'off')")
                    + mapping("dup", "DB.dup{dev}", "ok IN (1, 3)")
                    + mapping("part", "DB.part{dev}", "NOT ok = 0")
                    + "  on_partition_drop: delete\n"
                    + mapping("child", "DB.{dev}.child", "ok <> 0")
                    + "  on_cascade: reread\n"
                    + mapping("tall", "DB.tall{dev}", "kind = 'x'")
                            .replace("name: v}", "name: x, field: v}")
                    + mapping("tall", "DB.tall{dev}", "kind = 'y'")
                            .replace("name: v}", "name: y, field: v}");

    private final TestDatabase database;

    FilteredRowsIT(TestDatabase database) {
        this.database = database;
    }

    private static String mapping(String table, String template, String where) {
        return """
        - table: %s
          timestamp_field: ts
          timestamp_unit: ms
          device_template: %s
          where: "%s"
          measurements: [{name: v}]
        """
                .formatted(table, template, where);
    }

    private void create() throws Exception {
        database.execute(
                "CREATE TABLE plain (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL,"
                        + " quality INT, note VARCHAR(9) COLLATE utf8mb4_bin, v DOUBLE, UNIQUE KEY"
                        + " (dev, ts))",
                "INSERT INTO plain VALUES (1, 1, 1, 192, NULL, 1), (2, 1, 2, 192, 'off', 2),"
                        + " (3, 1, 3, 192, 'OFF', 3), (4, 1, 4, NULL, 'a', 4), (5, 2, 1, 0, 'a',"
                        + " 5), (6, 2, 2, 192, '', 6), (7, 3, 1, 5, NULL, 7)",
                "CREATE TABLE dup (id INT PRIMARY KEY, dev INT, ts BIGINT, ok TINYINT, v DOUBLE)",
                "INSERT INTO dup VALUES (1, 1, 1, 1, 1), (2, 1, 1, 0, 2), (3, 1, 2, 3, 3), (4, 1,"
                        + " 2, 1, 4), (5, 1, 3, NULL, 5), (6, 1, 4, 1, 6), (7, 1, 4, 1, 7)",
                "CREATE TABLE part (dev INT, ts BIGINT, ok BIT(1), v DOUBLE, PRIMARY KEY (dev, ts))"
                        + " PARTITION BY RANGE (ts) (PARTITION p1 VALUES LESS THAN (10),"
                        + " PARTITION p2 VALUES LESS THAN (20), PARTITION p3 VALUES LESS THAN"
                        + " MAXVALUE)",
                "INSERT INTO part VALUES (1, 1, 1, 1), (1, 2, 0, 2), (1, 11, 1, 3), (1, 12, 0, 4),"
                        + " (2, 25, 1, 5)",
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "INSERT INTO parent VALUES (1), (2), (3)",
                "CREATE TABLE child (dev INT, ts BIGINT, ok INT, v DOUBLE, PRIMARY KEY (dev, ts),"
                        + " FOREIGN KEY (dev) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE"
                        + " CASCADE)",
                "INSERT INTO child VALUES (1, 1, 1, 1), (1, 2, 0, 2), (2, 1, 1, 3), (2, 2, 0, 4),"
                        + " (3, 1, 2, 5)",
                "CREATE TABLE tall (dev INT, ts BIGINT, kind ENUM('x', 'y', 'z'), v DOUBLE,"
                        + " PRIMARY KEY (dev, ts, kind))",
                "INSERT INTO tall VALUES (1, 1, 'x', 1), (1, 1, 'y', 2), (1, 1, 'z', 3), (1, 2,"
                        + " 'y', 4), (2, 1, 'z', 5)");
    }

    @Test
    void onlyTheyArriveAndStayEqual(@TempDir Path state) throws Exception {
        create();
        Migration migration = migration(state, MAPPINGS);
        CheckReport checked = Check.run(migration.config(), false, List.of());
        assertThat(checked.findings())
                .filteredOn(f -> f.severity() == Severity.ERROR)
                .extracting(Finding::sentence)
                .isEmpty();
        assertThat(checked.tables())
                .extracting(t -> t.name() + " " + t.counts().rows())
                .contains("plain 3", "dup 5", "part 3", "child 3");
        migration.restart();
        assertThat(migration.contents()).isEqualTo(migration.expected());
        assertEqual(migration);
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "UPDATE plain SET note = 'off' WHERE id = 1",
                    "UPDATE plain SET note = 'of' WHERE id = 2",
                    "UPDATE plain SET v = -3 WHERE id = 3",
                    "UPDATE plain SET quality = 192, ts = 9 WHERE id = 4",
                    "UPDATE plain SET v = -5 WHERE id = 5",
                    "DELETE FROM plain WHERE id IN (6, 7)",
                    "INSERT INTO plain VALUES (8, 3, 1, 192, 'a', 8), (9, 3, 2, 191, 'a', 9)",
                    "UPDATE dup SET ok = 3 WHERE id = 2",
                    "UPDATE dup SET ok = 0 WHERE id = 4",
                    "UPDATE dup SET ok = NULL WHERE id IN (6, 7)",
                    "INSERT INTO dup VALUES (8, 1, 2, 0, 8), (9, 1, 3, 1, 9), (10, 1, 3, 0, 10)",
                    "UPDATE tall SET kind = 'x' WHERE kind = 'z'  AND dev = 2",
                    "UPDATE tall SET kind = 'z' WHERE kind = 'y' AND ts = 2",
                    "DELETE FROM tall WHERE kind = 'x' AND dev = 1",
                    "UPDATE part SET ok = 1 WHERE ts = 12",
                    "UPDATE part SET ok = 0 WHERE ts = 25",
                    "ALTER TABLE part DROP PARTITION p1",
                    "INSERT INTO part VALUES (1, 3, 1, 6), (1, 4, 0, 7), (1, 13, 1, 8)",
                    "DELETE FROM parent WHERE id = 1",
                    "UPDATE parent SET id = 22 WHERE id = 2",
                    "UPDATE child SET ok = 0 WHERE dev = 3");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertEqual(migration);
            database.execute(
                    "UPDATE plain SET quality = 1 WHERE id = 8",
                    "UPDATE plain SET quality = 192 WHERE id = 9");
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        repairs(migration);
        assertThatThrownBy(
                        () ->
                                migration(state, MAPPINGS.replace("ok <> 0", "ok > 0"))
                                        .replicate()
                                        .result())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("child changed since");
    }

    private Migration migration(Path state, String mappings) {
        return new Migration(
                database,
                state,
                mappings,
                "flink: {checkpoint_interval: 200ms}\n"
                        + "backfill: {chunk_rows: 2}\n"
                        + "cutover: {pause: lock_tables, verify: recent}");
    }

    private void assertEqual(Migration migration) throws Exception {
        VerifyReport report = Verification.run(migration, Verification.options(5));
        assertThat(Verification.lines(report, database)).isEmpty();
        assertThat(report.equal()).isTrue();
        CountReport counts = Verification.counts(migration, Verification.options(5));
        assertThat(counts.devices()).isEmpty();
        assertThat(counts.equal()).isTrue();
    }

    /** Row 5 is filtered out, row 3 is not. */
    private void repairs(Migration migration) throws Exception {
        database.executeInIotdb(
                "INSERT INTO DB.plain2(time, v) ALIGNED VALUES (1, -5.0)",
                "DELETE FROM DB.plain1.v WHERE time = 3");
        VerifyReport report =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
        assertThat(report.count()).isEqualTo(2);
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    /** A deleted row is marked, and so is one that leaves the filter. */
    @Test
    void whatLeavesIsDealtWithAsDeleted(@TempDir Path state) throws Exception {
        database.execute(
                "CREATE TABLE m (id INT PRIMARY KEY, ts BIGINT, at DATETIME, d DATE, v DOUBLE)",
                "INSERT INTO m VALUES (1, 1, '2024-01-01 00:00:01', '2024-01-02', 1),"
                        + " (2, 2, '2024-01-01', '2024-01-02', 2)");
        String mapping = mapping("m", "DB.m", "at > '2024-01-01 00:00:00' AND d >= '2024-01-02'");
        Migration marking = migration(state, mapping + "  on_delete: mark\n");
        marking.restart();
        try (Replication cdc = marking.replicate()) {
            database.execute("UPDATE m SET at = '2023-01-01', v = 8 WHERE id = 1");
            cdc.awaitApplied();
        }
        assertThat(marking.contents().points().keySet())
                .filteredOn(p -> p.contains(".m "))
                .extracting(p -> p.substring(p.indexOf(".m ") + 3))
                .containsExactly("1 _deleted", "1 v");
        Migration failing = migration(state.resolve("f"), mapping + "  append_only: true\n");
        failing.restart();
        try (Replication cdc = failing.replicate()) {
            database.execute(
                    "UPDATE m SET v = 9 WHERE id = 2", "UPDATE m SET at = NOW() WHERE id = 2");
            cdc.awaitApplied();
            assertThat(failing.contents().points().keySet()).anyMatch(p -> p.endsWith(".m 2 v"));
            database.execute("UPDATE m SET d = '2000-01-01' WHERE id = 2");
            assertThatThrownBy(cdc::result).hasMessageContaining("on_delete is fail");
        }
    }
}
