package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.testkit.Mappings;
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

/** Changes that a replication cannot or must not follow: each ends one. */
@ExtendWith(ServersExtension.class)
class CdcStopIT {
    private final TestDatabase database;

    @TempDir Path state;

    CdcStopIT(TestDatabase database) {
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
                "INSERT INTO t (dev, ts, a, b) VALUES ('x', 1, 1, 'one'), ('x', 2, 2, NULL)");
    }

    private Migration migration(String policies) {
        return new Migration(
                database,
                state,
                Mappings.deviceTable("t", "DB.t.{dev}", "a", "b")
                        + policies.indent(2)
                        + Mappings.deviceTable("u", "DB.u.{dev}", "a", "b"),
                "flink: {checkpoint_interval: 500ms}");
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
        assertThat(lenient.contents()).isEqualTo(lenient.expected());
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
