package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.iotdb.ServerCapabilities;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** More than a request may hold, in one buffer, one transaction and one row. */
@ExtendWith(ServersExtension.class)
class FrameLimitIT {
    private static final long FRAME = 24 << 20;
    private static final String MAPPINGS =
            """
            - table: texts
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.texts.d{dev}
              measurements: [{name: v}]
            - table: wide
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.wide.d{dev}
              measurements: [{name: a}, {name: b}, {name: c}, {name: e}]
            """;

    @Test
    void whatIsLongerGoesInPieces(TestDatabase database, @TempDir Path folder) throws Exception {
        database.execute(
                "CREATE TABLE texts (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL,"
                        + " v LONGTEXT)",
                "CREATE TABLE wide (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL,"
                        + " a VARCHAR(160), b VARCHAR(160), c VARCHAR(160), e VARCHAR(160))");
        String text = "REPEAT(CHAR(65 + n % 26), 160)";
        database.insert("texts", 260, "n, 1, n, REPEAT(CHAR(65 + n % 26), 100000 + n)");
        database.insert(
                "wide", 40_000, "n, n % 50, n, " + String.join(", ", text, text, text, text));
        String tooLong = "(%d, 1, %d, REPEAT('x', " + FRAME + "))";
        database.execute("INSERT INTO texts VALUES " + tooLong.formatted(9001, 9001));
        Migration migration =
                new Migration(database, folder, MAPPINGS, "backfill: {parallelism: 1}");
        try (Session session = IotdbSessions.open(migration.config().iotdb())) {
            assertThat(ServerCapabilities.ask(session, "root").frame().bytes()).isEqualTo(FRAME);
        }

        BackfillOutcome.Report report = migration.backfill();

        assertThat(report.tables()).extracting(t -> t.rejected()).containsExactly(1L, 0L);

        try (Replication cdc = migration.replicate()) {
            database.execute(
                    "INSERT INTO texts SELECT id + 1000, dev, ts + 1000, v FROM texts"
                            + " WHERE id <= 260",
                    "INSERT INTO texts VALUES " + tooLong.formatted(9002, 9002));
            cdc.await(progress -> progress.rejected() == 1).awaitApplied();

            VerifyReport compared = Verification.run(migration, Verification.options(5));
            assertThat(compared.equal()).isTrue();
            assertThat(compared.tables()).extracting(t -> t.rejected()).containsExactly(2L, 0L);
            assertThat(compared.tables())
                    .extracting(t -> t.iotdbRows())
                    .containsExactly(520L, 40_000L);
        }
    }
}
