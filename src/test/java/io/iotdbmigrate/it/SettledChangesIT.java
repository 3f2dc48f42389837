package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.run.cutover.FlinkCdcJob;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Nobody;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a cutover makes of changes that are long past: rejected ones, and ones that came late. */
@ExtendWith(ServersExtension.class)
class SettledChangesIT {
    /** Such changes are 25 minutes old when they are read. */
    private static final String LONG_AGO = "SET timestamp = UNIX_TIMESTAMP() - 1500";

    @Test
    void theyStandInTheWayOnlyWhileTheyMatter(TestDatabase database, @TempDir Path folder)
            throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL,"
                        + " ok TINYINT(1), UNIQUE KEY (dev, ts))",
                "INSERT INTO t VALUES (1, 1, 1, 1)");
        Migration migration =
                new Migration(
                        database,
                        folder,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.d{dev}
                          measurements: [{name: ok}]
                        """,
                        "cutover: {pause: lock_tables, max_lag: 30s}\n"
                                + "flink: {checkpoint_interval: 200ms}");
        migration.backfill();
        try (Replication cdc = migration.replicate()) {
            database.execute(LONG_AGO, "INSERT INTO t VALUES (2, 1, 2, 4), (3, 1, 3, 0)");
            cdc.await(progress -> progress.rejected() == 1).awaitApplied();
            Verification.run(migration, Verification.options(5));

            assertThat(errors(migration))
                    .extracting(Finding::subject)
                    .contains("rejected rows")
                    .doesNotContain("CDC job");
            assertThat(errors(migration))
                    .extracting(Finding::sentence)
                    .anyMatch(s -> s.contains("rejected-changes.jsonl"));

            database.execute(LONG_AGO, "DELETE FROM t WHERE id = 2");
            cdc.awaitApplied();
            assertThat(Verification.run(migration, Verification.options(5)).equal()).isTrue();

            assertThat(errors(migration))
                    .extracting(Finding::subject)
                    .doesNotContain("rejected rows", "CDC job", "verify");
        }
    }

    private static List<Finding> errors(Migration migration) throws Exception {
        MigrationConfig config = migration.config();
        Nobody nobody = Nobody.atAll();
        FlinkCdcJob job =
                new FlinkCdcJob(
                        config,
                        migration.state(),
                        null,
                        () -> {
                            throw new IllegalStateException("nothing is to be started");
                        });
        try (CutoverPorts ports =
                CutoverWiring.ports(
                        config,
                        nobody,
                        job,
                        SharedCluster.verification(config, migration.state(), job))) {
            return new Cutover(config, ports, nobody, nobody, nobody::ends)
                    .plan(new CutoverOptions(false, true)).findings().stream()
                            .filter(f -> f.severity() == Severity.ERROR)
                            .toList();
        }
    }
}
