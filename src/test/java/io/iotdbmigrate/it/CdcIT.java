package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of changes, seen from MySQL and from IoTDB. */
@ExtendWith(ServersExtension.class)
class CdcIT {
    private final TestDatabase database;

    @TempDir Path state;

    CdcIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void fill() throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS t, u, t_old, t_new",
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, dev VARCHAR(20) NOT NULL, ts"
                        + " BIGINT NOT NULL, a INT, b TEXT, spare INT, UNIQUE (dev, ts))",
                "CREATE TABLE u (id INT AUTO_INCREMENT PRIMARY KEY, dev VARCHAR(20) NOT NULL, ts"
                        + " BIGINT NOT NULL, a INT, b TEXT)",
                "INSERT INTO t (dev, ts, a, b) VALUES ('x', 1, 1, 'one'), ('x', 2, 2, NULL),"
                        + " ('y y', 1, 3, 'three'), ('y y', 5, NULL, 'five')",
                "INSERT INTO u (dev, ts, a, b) VALUES ('x', 1, 1, 'one'), ('x', 1, NULL, 'two'),"
                        + " ('x', 2, 2, 'z')");
    }

    private Migration migration(String policies) {
        String mapping =
                """
                - table: %s
                  device_field: dev
                  timestamp_field: ts
                  timestamp_unit: ms
                  device_template: DB.%s.{dev}
                  measurements: [{name: a}, {name: b}]
                """;
        return new Migration(
                database,
                state,
                mapping.formatted("t", "t") + policies.indent(2) + mapping.formatted("u", "u"),
                "flink: {checkpoint_interval: 500ms}");
    }

    private void assertSame(Migration migration) throws Exception {
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    @Test
    void followsEveryKindOfChange() throws Exception {
        Migration migration = migration("");
        migration.restart();
        database.execute(
                "INSERT INTO t (dev, ts, a, b) VALUES ('x', 3, 3, 'before cdc'), ('z', 1, NULL,"
                        + " NULL)");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(cdc.from()).contains("where the backfill began to read");
            assertSame(migration);
            database.execute(
                    "UPDATE t SET a = NULL WHERE dev = 'x' AND ts = 1",
                    "UPDATE t SET a = 77 WHERE dev = 'y y' AND ts = 5",
                    "UPDATE t SET a = NULL, b = NULL WHERE dev = 'x' AND ts = 3",
                    "UPDATE t SET dev = 'moved' WHERE dev = 'x' AND ts = 2",
                    "UPDATE t SET ts = 100 WHERE dev = 'y y' AND ts = 1",
                    "UPDATE t SET dev = 'both', ts = 7, a = 9 WHERE dev = 'y y' AND ts = 5",
                    "UPDATE t SET spare = 1");
            cdc.awaitApplied();
            assertSame(migration);
            database.execute("DELETE FROM t WHERE dev = 'moved'");
            cdc.awaitApplied();
            assertSame(migration);
            database.execute(
                    "INSERT INTO t (dev, ts, a, b) VALUES ('moved', 2, NULL, 'again')",
                    "REPLACE INTO t (dev, ts, a, b) VALUES ('moved', 2, NULL, 'replaced'), ('n', 1,"
                            + " 1, 'new')",
                    "INSERT INTO t (dev, ts, a, b) VALUES ('n', 1, 5, 'x') ON DUPLICATE KEY UPDATE"
                            + " a = NULL, b = 'updated'",
                    "BEGIN",
                    "INSERT INTO t (dev, ts, a) VALUES ('never', 1, 1)",
                    "DELETE FROM t",
                    "ROLLBACK",
                    "BEGIN",
                    "DELETE FROM t WHERE dev = 'n'",
                    "INSERT INTO t (dev, ts, a, b) VALUES ('n', 1, NULL, 'in one transaction')",
                    "INSERT INTO u (dev, ts, a, b) VALUES ('two tables', 1, 1, '1')",
                    "COMMIT");
            cdc.awaitApplied();
            assertSame(migration);
        }
    }

    /** The second row of u at (x, 1) stands; when it goes, the first one does. */
    @Test
    void ofRowsThatShareAPointTheSurvivorStands() throws Exception {
        Migration migration = migration("");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("UPDATE u SET b = 'loser' WHERE id = 1");
            cdc.awaitApplied();
            assertSame(migration);
            database.execute("DELETE FROM u WHERE id = 2");
            cdc.awaitApplied();
            assertSame(migration);
            database.execute(
                    "INSERT INTO u (dev, ts, a, b) VALUES ('x', 1, NULL, NULL), ('x', 1, NULL,"
                            + " 'third')");
            cdc.awaitApplied();
            assertSame(migration);
            database.execute("UPDATE u SET ts = 2 WHERE b = 'third'", "DELETE FROM u WHERE id = 1");
            cdc.awaitApplied();
            assertSame(migration);
        }
    }

    @Test
    void goesOnFromItsSavepoint() throws Exception {
        Migration migration = migration("");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t (dev, ts, a) VALUES ('x', 10, 10)");
            cdc.awaitApplied();
            assertThat(cdc.stop().savepoint()).contains("savepoint-");
        }
        database.execute(
                "DELETE FROM t WHERE ts = 10", "INSERT INTO t (dev, ts, a) VALUES ('x', 11, 11)");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertThat(cdc.from()).contains("savepoint-");
            assertSame(migration);
        }
    }

    @Test
    void keepsFirstValuesAndCountsCorrections() throws Exception {
        Migration migration = migration("on_update: version");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "UPDATE t SET a = 100 WHERE dev = 'x' AND ts = 1",
                    "UPDATE t SET a = 200, b = NULL WHERE dev = 'x' AND ts = 1",
                    "UPDATE t SET a = 300 WHERE dev = 'x' AND ts = 2");
            cdc.awaitApplied();
            cdc.stop();
        }
        database.execute("UPDATE t SET a = 400 WHERE dev = 'x' AND ts = 1");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            Contents contents = migration.contents();
            String device = database.iotdbDatabase() + ".t.x";
            assertThat(contents.at(device, 1, "a")).isEqualTo("INT32 1");
            assertThat(contents.at(device, 1, "b")).isEqualTo("TEXT one");
            assertThat(contents.at(device + ".v1", 1, "a")).isEqualTo("INT32 100");
            assertThat(contents.at(device + ".v2", 1, "a")).isEqualTo("INT32 200");
            assertThat(contents.at(device + ".v2", 1, "b")).isNull();
            assertThat(contents.at(device + ".v3", 1, "a")).isEqualTo("INT32 400");
            assertThat(contents.at(device + ".v1", 2, "a")).isEqualTo("INT32 300");
            database.execute("DELETE FROM t WHERE dev = 'x' AND ts = 1");
            cdc.awaitApplied();
            assertThat(migration.contents().points().keySet())
                    .noneMatch(point -> point.contains(".t.x") && point.contains(" 1 "))
                    .anyMatch(point -> point.startsWith(device + ".v1 2 "));
        }
    }

    @Test
    void tellsOfEachRowThatCannotBeMapped() throws Exception {
        database.execute("ALTER TABLE u MODIFY ts BIGINT NULL");
        Migration migration = migration("");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO u (id, dev, ts) VALUES (70, 'x', 70), (71, 'x', NULL)");
            cdc.await(progress -> progress.rejected() == 1);
            await().until(() -> !cdc.notes().isEmpty());
            database.execute("INSERT INTO u (id, dev, ts) VALUES (72, '', 1)");
            cdc.awaitApplied();
            await().until(() -> cdc.notes().size() == 2);
            assertThat(cdc.notes().get(0)).startsWith("rejected {").contains("id=71", "is null");
            assertThat(cdc.notes().get(1)).startsWith("rejected {").contains("id=72", "is empty");
        }
    }

    @Test
    void marksWhatIsDeleted() throws Exception {
        Migration migration = migration("on_delete: mark");
        migration.restart();
        String device = database.iotdbDatabase() + ".t.x";
        try (Replication cdc = migration.replicate()) {
            database.execute("DELETE FROM t WHERE dev = 'x'");
            cdc.awaitApplied();
            assertThat(migration.contents().at(device, 1, "a")).isEqualTo("INT32 1");
            assertThat(migration.contents().at(device, 1, "_deleted")).isEqualTo("BOOLEAN true");
            database.execute("INSERT INTO t (dev, ts, a) VALUES ('x', 1, 8)");
            cdc.awaitApplied();
            assertThat(migration.contents().at(device, 1, "a")).isEqualTo("INT32 8");
            assertThat(migration.contents().at(device, 1, "_deleted")).isNull();
            assertThat(migration.contents().at(device, 2, "_deleted")).isEqualTo("BOOLEAN true");
        }
    }

    @Test
    void ignoresWhatItIsToldToIgnore() throws Exception {
        Migration migration = migration("on_update: ignore\non_delete: ignore");
        migration.restart();
        Contents before = migration.contents();
        try (Replication cdc = migration.replicate()) {
            database.execute("UPDATE t SET a = 100", "DELETE FROM t WHERE dev = 'x'");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 100 WHERE id = 1",
                "DELETE FROM t WHERE id = 1",
            })
    void anAppendOnlyTableStopsAtTheFirstOtherChangeAndGoesOnWithAnotherPolicy(String sql)
            throws Exception {
        Migration migration = migration("append_only: true");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t (dev, ts, a) VALUES ('x', 10, 10)");
            cdc.awaitApplied();
            database.execute(sql);
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("row id=1 of")
                    .hasMessageContaining("is fail");
        }
        Migration lenient = migration("");
        try (Replication cdc = lenient.replicate()) {
            cdc.awaitApplied();
            assertThat(cdc.from()).startsWith("going on from ");
        }
        assertSame(lenient);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE TABLE t",
                "DROP TABLE t",
                "ALTER TABLE t MODIFY a BIGINT",
                "ALTER TABLE t DROP COLUMN b",
                "ALTER TABLE t RENAME COLUMN a TO aa",
                "RENAME TABLE t TO t_old",
                "RENAME TABLE t_new TO t_old, `t` TO t_new, t_old TO t",
                "ALTER TABLE t ADD COLUMN more INT, RENAME TO t_old",
            })
    void stopsAtAStatementThatItCannotFollow(String sql) throws Exception {
        Migration migration = migration("");
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t (dev, ts, a) VALUES ('x', 10, 10)");
            cdc.awaitApplied();
            database.execute(
                    "CREATE TABLE t_new LIKE t",
                    sql,
                    "INSERT INTO u (dev, ts, a) VALUES ('later', 1, 1)");
            assertRefused(ExitCode.JOB_FAILED, cdc::result)
                    .hasMessageContaining("binlog.")
                    .hasMessageContaining(sql.substring(0, 8))
                    .hasMessageContaining("backfill --restart");
        }
        assertThat(migration.contents().points().keySet())
                .noneMatch(point -> point.contains("later"));
    }

    @Test
    void otherColumnsMayComeAndGoAlsoBeforeItBegan() throws Exception {
        Migration migration = migration("");
        migration.restart();
        database.execute(
                "INSERT INTO t (dev, ts, a, b) VALUES ('x', 20, 20, 'old columns')",
                "ALTER TABLE t ADD COLUMN first_of_all INT DEFAULT 5 FIRST, DROP COLUMN spare",
                "INSERT INTO t (dev, ts, a, b) VALUES ('x', 21, 21, 'new columns')",
                "UPDATE t SET a = 22 WHERE ts = 20");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            assertSame(migration);
            database.execute(
                    "ALTER TABLE t ADD COLUMN more TEXT AFTER id",
                    "INSERT INTO t (dev, ts, a, b) VALUES ('x', 23, 23, 'newer columns')");
            cdc.awaitApplied();
            assertSame(migration);
        }
    }

    @Test
    void refusesWithoutABackfillOfAllTables() {
        Migration onlyU =
                new Migration(
                        database,
                        state,
                        """
                        - table: u
                          device_field: dev
                          timestamp_field: ts
                          device_template: DB.u.{dev}
                          measurements: all
                        """,
                        "");
        assertRefused(ExitCode.CONFIG, () -> onlyU.replicate().result())
                .hasMessageContaining("backfill");
    }
}
