package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OnMySql;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What MySQL has had since 8.3: tagged GTIDs, VECTOR, and a binlog of what foreign keys do. */
@ExtendWith(ServersExtension.class)
@OnMySql("9.7")
class NewestMySqlIT {
    private TestDatabase database;

    @TempDir Path folder;

    @BeforeEach
    void begin(TestDatabase own) throws SQLException {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " shape VECTOR(3), note VARCHAR(9) CHARSET latin1, UNIQUE (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1, NULL, '\u00fc'), (2, 1, 2, 2,"
                        + " TO_VECTOR('[1,2,3]'), NULL)");
    }

    private Migration migration() {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", "v", "note"),
                "flink: {checkpoint_interval: 200ms, restart: {initial_backoff: 200ms}}");
    }

    @Test
    void vectorsMayComeAndGo() throws Exception {
        Migration migration = migration();
        migration.restart();
        database.execute(
                "CREATE TABLE other (id INT PRIMARY KEY, v VECTOR(2))",
                "INSERT INTO other VALUES (1, TO_VECTOR('[1,2]'))",
                "INSERT INTO t VALUES (3, 1, 3, 3, TO_VECTOR('[4,5,6]'), '\u00fc\u00e4')");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.execute(
                    "UPDATE other SET v = NULL",
                    "ALTER TABLE t ADD more VECTOR(3), ADD w INT",
                    "UPDATE t SET more = shape, v = v + 10",
                    "ALTER TABLE t DROP shape",
                    "INSERT INTO t VALUES (4, 1, 4, 4, '\u00df', NULL, 4), (5, 2, 5, 5, NULL,"
                            + " TO_VECTOR('[7]'), 5)",
                    "DELETE FROM t WHERE id = 1");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    @Test
    void tagsOfTransactionsMayComeAtAnyTime() throws Exception {
        Migration migration = migration();
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (3, 1, 3, 3, NULL, 'n3')");
            tagged(
                    "INSERT INTO t VALUES (4, 1, 4, 4, NULL, 'n4')",
                    "UPDATE t SET v = 9 WHERE id = 1");
            database.execute("INSERT INTO t VALUES (5, 1, 5, 5, NULL, 'n5')");
            cdc.awaitApplied();
            database.execute("FLUSH BINARY LOGS");
            tagged("DELETE FROM t WHERE id = 3");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            cdc.stop();
        }
        tagged("INSERT INTO t VALUES (6, 1, 6, 6, NULL, 'n6')");
        database.execute("INSERT INTO t VALUES (7, 1, 7, 7, NULL, 'n7')");
        try (Replication cdc = migration.replicate()) {
            cdc.awaitApplied();
            database.servers().stopMysql();
            database.servers().startMysql();
            tagged("INSERT INTO t VALUES (8, 1, 8, 8, NULL, 'n8')");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());

        Migration begun = migration.named("begun");
        begun.restart();
        try (Replication cdc = begun.replicate()) {
            tagged("INSERT INTO t VALUES (9, 1, 9, 9, NULL, 'n9')");
            cdc.awaitApplied();
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    /** Since 9.6; the same statements stop a replication from an older server. */
    @Test
    void whatForeignKeysDoIsApplied() throws Exception {
        database.execute(
                "CREATE TABLE machine (dev INT PRIMARY KEY)",
                "INSERT INTO machine VALUES (1), (2), (3)",
                "INSERT INTO t VALUES (3, 2, 3, 3, NULL, NULL), (4, 3, 4, 4, NULL, NULL)",
                "ALTER TABLE t ADD FOREIGN KEY (dev) REFERENCES machine (dev) ON DELETE CASCADE ON"
                        + " UPDATE CASCADE");
        Migration migration = migration();
        assertThat(Check.run(migration.config(), true, List.of()).findings())
                .noneMatch(finding -> finding.message().contains("foreign key"));
        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "DELETE FROM machine WHERE dev = 1",
                    "UPDATE machine SET dev = 20 WHERE dev = 2");
            cdc.awaitApplied();
        }
        assertThat(migration.contents().size()).isEqualTo(2);
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    private void tagged(String... sql) throws SQLException {
        String[] all = new String[sql.length + 2];
        all[0] = "SET gtid_next = 'AUTOMATIC:nightly'";
        System.arraycopy(sql, 0, all, 1, sql.length);
        all[sql.length + 1] = "SET gtid_next = 'AUTOMATIC'";
        database.execute(all);
    }
}
