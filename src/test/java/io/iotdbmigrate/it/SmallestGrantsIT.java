package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Rehearsal;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A user of MySQL with nothing but what the documents say that it needs. */
@ExtendWith(ServersExtension.class)
class SmallestGrantsIT {
    private TestDatabase database;
    private String user;
    private Migration migration;

    @TempDir Path folder;

    @BeforeEach
    void create(TestDatabase own) throws SQLException {
        database = own;
        user = own.name() + "_u";
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT,"
                        + " UNIQUE (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1), (2, 1, 2, 2)",
                "CREATE USER " + user + " IDENTIFIED BY 'secret'");
        migration =
                new Migration(
                                database,
                                folder,
                                Mappings.deviceTable("t", "DB.d{dev}", "v"),
                                "flink: {checkpoint_interval: 200ms}\n"
                                        + "cutover: {pause: read_only, hooks: {switch: /bin/true}}")
                        .connecting("user: " + user, "password: secret");
    }

    @AfterEach
    void drop() throws SQLException {
        database.execute("DROP USER " + user);
    }

    private CheckReport check() {
        return Check.run(migration.config(), false, List.of());
    }

    @Test
    void eachMissingOneIsNamedAndTheRestRunsTheWholePath() throws Exception {
        Map<String, String> grants =
                new TreeMap<>(
                        Map.of(
                                "SELECT", database.name() + ".*",
                                "REPLICATION SLAVE", "*.*",
                                "REPLICATION CLIENT", "*.*",
                                "SYSTEM_VARIABLES_ADMIN", "*.*"));
        CheckReport none = check();
        assertThat(none.exitCode()).isEqualTo(ExitCode.MYSQL);
        assertThat(none.findings())
                .anySatisfy(f -> assertThat(f.sentence()).contains("GRANT SELECT ON"));
        for (Map.Entry<String, String> grant : grants.entrySet()) {
            database.execute("GRANT " + grant.getKey() + " ON " + grant.getValue() + " TO " + user);
        }
        for (Map.Entry<String, String> missing : grants.entrySet()) {
            String of = missing.getKey() + " ON " + missing.getValue();
            database.execute("REVOKE " + of + " FROM " + user);
            assertThat(check().findings())
                    .as(of)
                    .filteredOn(f -> f.severity() != Severity.OK)
                    .extracting(Finding::sentence)
                    .anySatisfy(s -> assertThat(s).contains("GRANT " + missing.getKey() + " ON "));
            database.execute("GRANT " + of + " TO " + user);
        }

        migration.restart();
        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "INSERT INTO t VALUES (3, 1, 3, 3)",
                    "UPDATE t SET v = 9 WHERE id = 1",
                    "DELETE FROM t WHERE id = 2");
            cdc.awaitApplied();
            assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
            CutoverReport rehearsed = Rehearsal.of(migration);
            assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }
}
