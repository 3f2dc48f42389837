package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.InProcess;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.testkit.Writer;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * While an application writes and replication runs, only what is wrong differs. The long form, with
 * {@code -Diotdbmigrate.long=true}, compares ten times.
 */
@ExtendWith(ServersExtension.class)
class VerifyLiveIT {
    private static final int PER_SECOND = 300;
    private static final int RUNS = Boolean.getBoolean("iotdbmigrate.long") ? 10 : 1;
    private static final int RECHECKS = 5;

    @TempDir Path folder;
    private final TestDatabase database;

    VerifyLiveIT(TestDatabase database) {
        this.database = database;
    }

    private Migration migration() {
        return new Migration(
                database,
                folder.resolve("state"),
                Writer.mapping(),
                "flink: {checkpoint_interval: 500ms}");
    }

    @Test
    void noFalseDifference() throws Exception {
        Migration migration = migration();
        try (Writer writer = Writer.startGrowing(database, PER_SECOND)) {
            Instant start = Instant.now();
            migration.restart();
            try (Replication replication = migration.replicate()) {
                replication.awaitSome();
                for (int run = 1; run <= RUNS; run++) {
                    VerifyReport values =
                            Verification.run(migration, Verification.options(RECHECKS));
                    assertThat(Verification.lines(values, database)).as("run %d", run).isEmpty();
                    assertThat(values.equal()).isTrue();
                    assertThat(values.tables().get(0).mysqlRows()).isPositive();
                    assertThat(values.notes()).isEmpty();
                    CountReport counts =
                            Verification.counts(migration, Verification.options(RECHECKS));
                    assertThat(counts.devices()).as("counts, run %d", run).isEmpty();
                    assertThat(counts.tables().get(0).iotdb().rows()).isPositive();
                    assertThat(counts.notes()).isEmpty();
                }
                double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
                // It catches up when it was held up, so only a MySQL that cannot keep up is below.
                assertThat(writer.stop() / seconds).isGreaterThan(PER_SECOND * 0.5);
                replication.awaitApplied();
                replication.stop();
            }
        }
        VerifyReport after = Verification.run(migration, Verification.options());
        assertThat(after.equal()).isTrue();
        assertThat(after.notes()).isEmpty();
    }

    /** A second look does not make a real difference go away. */
    @Test
    void aRealDifferenceIsFoundAmongTheLateOnes() throws Exception {
        Migration migration = migration();
        try (Writer writer = Writer.startGrowing(database, PER_SECOND)) {
            migration.restart();
            try (Replication replication = migration.replicate()) {
                replication.awaitSome();
                // Nothing but this damage ever touches that time.
                database.executeInIotdb("INSERT INTO DB.w3(time, v) ALIGNED VALUES (-5, 1.5)");

                VerifyReport values = Verification.run(migration, Verification.options(2));
                assertThat(Verification.lines(values, database))
                        .containsExactly("extra w3 -5 v null->1.5");
                assertThat(values.positions().equalAt()).isNotNull();

                writer.stop();
                replication.awaitApplied();
                CountReport counts = Verification.counts(migration, Verification.options(2));
                assertThat(counts.devices())
                        .singleElement()
                        .satisfies(
                                d -> {
                                    assertThat(d.path()).endsWith(".w3");
                                    assertThat(d.iotdbRows()).isEqualTo(d.mysqlPoints() + 1);
                                });
                replication.stop();
            }
        }
    }

    /** The journal still says that it runs. */
    @Test
    void aReplicationThatWasKilledIsNotWaitedFor() throws Exception {
        Migration migration = migration();
        Writer.startGrowing(database, PER_SECOND).close();
        migration.restart();
        Tool tool = new Tool(folder);
        String config = Files.writeString(folder.resolve("plant.yml"), migration.yaml()).toString();
        String state = migration.state().path().toString();
        Process cdc = tool.start("cdc", "--config", config, "--state-dir", state);
        database.execute("INSERT INTO w (dev, ts, v) VALUES (3, -5, 1.5)");
        Replication.awaitAppliedBy(migration, tool, cdc);

        cdc.destroyForcibly().waitFor();
        Tool.Result nothingSince =
                InProcess.run("verify", "--config", config, "--state-dir", state);
        database.execute("INSERT INTO w (dev, ts, v) VALUES (3, -6, 1.5)");
        Tool.Result verify = InProcess.run("verify", "--config", config, "--state-dir", state);
        Tool.Result counts =
                InProcess.run("verify", "--counts", "--config", config, "--state-dir", state);

        assertThat(nothingSince.exitCode()).isZero();
        assertThat(nothingSince.out() + nothingSince.err()).doesNotContain("cdc does not run");
        assertThat(verify.exitCode()).isEqualTo(7);
        assertThat(verify.out()).contains("1 row differs", "missing");
        assertThat(counts.exitCode()).isEqualTo(7);
        for (Tool.Result result : new Tool.Result[] {verify, counts}) {
            String told = "cdc does not run: IoTDB is as MySQL was at ";
            assertThat(result.out()).contains(told).doesNotContain("may only be late");
            assertThat(result.err()).contains(told).doesNotContain("waiting until replication");
        }
    }
}
