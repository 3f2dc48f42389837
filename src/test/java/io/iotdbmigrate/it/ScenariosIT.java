package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.check.Check;
import io.iotdbmigrate.check.CheckReport;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Scenario;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The schemas that people have, each copied, changed, compared and counted, in one migration. */
@ExtendWith(ServersExtension.class)
class ScenariosIT {
    private static final List<Scenario> SCENARIOS =
            List.of(new Scenario("two-column-time"), new Scenario("text-time"));

    private final TestDatabase database;

    ScenariosIT(TestDatabase database) {
        this.database = database;
    }

    /** A source of what a scenario holds. */
    private interface Part {
        Contents of(Scenario scenario, TestDatabase database) throws Exception;
    }

    private Contents all(Part part) throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        for (Scenario scenario : SCENARIOS) {
            points.putAll(part.of(scenario, database).points());
        }
        return new Contents(points);
    }

    private Migration create(Path state) throws Exception {
        StringBuilder mappings = new StringBuilder();
        for (Scenario scenario : SCENARIOS) {
            scenario.create(database);
            mappings.append(scenario.mappings());
        }
        return new Migration(
                database,
                state,
                "Europe/Berlin",
                mappings.toString(),
                "flink: {checkpoint_interval: 200ms}");
    }

    private void assertEqual(Migration migration) throws Exception {
        VerifyReport report = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(report, database)).isEmpty();
        assertThat(report.equal()).isTrue();
        CountReport counts = Verification.counts(migration, Verification.options());
        assertThat(counts.devices()).isEmpty();
        assertThat(counts.equal()).isTrue();
    }

    @Test
    void arriveAndStayEqual(@TempDir Path state) throws Exception {
        Migration migration = create(state);
        CheckReport checked = Check.run(migration.config(), false, List.of());
        assertThat(checked.findings().stream().map(Finding::sentence))
                .filteredOn(s -> s.contains(" rows "))
                .containsExactlyInAnyOrder("");
        BackfillOutcome.Report copied = migration.restart();
        assertThat(migration.contents()).isEqualTo(all(Scenario::expected));
        assertThat(copied.rejected()).isEqualTo(16);
        assertEqual(migration);
        CountReport some =
                Verification.counts(
                        migration,
                        Verification.scope(
                                List.of(),
                                Instant.ofEpochSecond(1767225600),
                                Instant.ofEpochSecond(1767225603)));
        assertThat(some.equal()).isTrue();

        try (Replication cdc = migration.replicate()) {
            for (Scenario scenario : SCENARIOS) {
                scenario.change(database);
            }
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(all(Scenario::changed));
        }
        assertEqual(migration);
        repairs(migration);
    }

    private void repairs(Migration migration) throws Exception {
        database.executeInIotdb(
                "DELETE FROM DB.zbx.i7.value WHERE time = 1767225600001",
                "DELETE FROM DB.log.north.valve WHERE time = 1782856800000",
                "INSERT INTO DB.press.P1(time, load_kw) ALIGNED VALUES (1767222000000, 9.0)");
        VerifyReport report =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
        assertThat(report.count()).isEqualTo(3);
        assertThat(migration.contents()).isEqualTo(all(Scenario::changed));
    }
}
