package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.testkit.Writer;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** While an application writes and replication runs, only what is wrong differs. */
@ExtendWith(ServersExtension.class)
class VerifyLiveIT {
    private static final int PER_SECOND = 1_000;
    private static final int RUNS = 10;
    private static final int RECHECKS = 5;

    @TempDir Path state;
    private final TestDatabase database;

    VerifyLiveIT(TestDatabase database) {
        this.database = database;
    }

    private Migration migration() {
        return new Migration(
                database, state, Writer.mapping(), "flink: {checkpoint_interval: 500ms}");
    }

    @Test
    void noFalseDifferenceInTenRunsOfEach() throws Exception {
        try (Writer writer = Writer.start(database, PER_SECOND)) {
            Instant start = Instant.now();
            Migration migration = migration();
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
                long statements = writer.stop();
                double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
                // It catches up when it was held up, so only a MySQL that cannot keep up is below.
                assertThat(statements / seconds).isGreaterThan(PER_SECOND * 0.5);
                replication.awaitApplied();
                replication.stop();
            }
            assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
        }
    }

    /** A second look does not make a real difference go away. */
    @Test
    void aRealDifferenceIsFoundAmongTheLateOnes() throws Exception {
        try (Writer writer = Writer.start(database, PER_SECOND)) {
            Migration migration = migration();
            migration.restart();
            try (Replication replication = migration.replicate()) {
                replication.awaitSome();
                // Nothing but this damage ever touches that time.
                try (Session session = database.session()) {
                    session.executeNonQueryStatement(
                            "INSERT INTO %s.w3(time, v) ALIGNED VALUES (-5, 1.5)"
                                    .formatted(database.iotdbDatabase()));
                }
                VerifyReport values = Verification.run(migration, Verification.options(RECHECKS));
                assertThat(Verification.lines(values, database))
                        .containsExactly("extra w3 -5 v null->1.5");
                writer.stop();
                replication.awaitApplied();
                CountReport counts = Verification.counts(migration, Verification.options(RECHECKS));
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
}
