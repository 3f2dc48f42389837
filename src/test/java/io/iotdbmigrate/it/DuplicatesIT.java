package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of one (device, time), spread over chunks that are read at once: the policy decides, not the
 * order.
 */
@ExtendWith(ServersExtension.class)
class DuplicatesIT {
    private static final int ROWS = 4_000;

    private final TestDatabase database;
    @TempDir Path state;

    DuplicatesIT(TestDatabase database) {
        this.database = database;
    }

    /**
     * Every (device, time) occurs up to three times, far apart in the key, with nulls in different
     * places.
     */
    @BeforeEach
    void fill() throws Exception {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "SET SESSION cte_max_recursion_depth = 100000",
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, a INT, b"
                        + " INT)",
                "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE"
                        + " n < "
                        + (ROWS - 1)
                        + ") SELECT n, n % 5, n % 1500, IF(n % 3 = 0, NULL, n), IF(n % 4 = 0, NULL,"
                        + " -n) FROM r");
    }

    private Migration migration(String policy) {
        return new Migration(
                database,
                state,
                Mappings.deviceTable("t", "DB.d{dev}", "a", "b") + "  on_duplicate: " + policy,
                "backfill: {parallelism: 3, chunk_rows: 50}\nsink: {batch_rows: 10}");
    }

    @ParameterizedTest
    @CsvSource({"last, MAX", "first, MIN"})
    void theWinnerStandsAloneWithItsNulls(String policy, String extreme) throws Exception {
        Migration migration = migration(policy);

        BackfillOutcome.Report report = migration.restart();

        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.tables().get(0).collapsed()).isEqualTo(ROWS - 1500);
        VerifyReport verified = Verification.run(migration, Verification.options());
        assertThat(Verification.lines(verified, database)).isEmpty();
        assertThat(verified.tables().get(0).collapsed()).isEqualTo(ROWS - 1500);
        String winners = "id IN (SELECT " + extreme + "(id) FROM t GROUP BY dev, ts)";
        String device = "CONCAT('" + database.iotdbDatabase() + ".d', dev)";
        assertThat(migration.contents())
                .isEqualTo(migration.expected())
                .isEqualTo(
                        Contents.expected(
                                database,
                                """
                                SELECT %1$s, ts, 'a', 'INT32', a FROM t WHERE %2$s
                                UNION ALL SELECT %1$s, ts, 'b', 'INT32', b FROM t WHERE %2$s
                                """
                                        .formatted(device, winners)));
    }

    @Test
    void failNamesTheRows() {
        assertThatThrownBy(() -> migration("fail").restart())
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> {
                            assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
                            assertThat(e).hasMessageContaining("share device root.");
                            assertThat(e).hasMessageContaining("on_duplicate");
                        });
    }
}
