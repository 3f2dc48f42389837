package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.Repaired;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import io.iotdbmigrate.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** IoTDB is damaged by hand; exactly the damage is found, and mended. */
@ExtendWith(ServersExtension.class)
class VerifyIT {
    private static final int ROWS = 20_000;

    @TempDir Path state;
    private TestDatabase database;
    private Migration migration;

    @BeforeEach
    void copy(TestDatabase own) throws Exception {
        database = own;
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, f FLOAT,"
                        + " n INT, s VARCHAR(20))");
        database.insert(
                "t",
                ROWS,
                "n, n % 10, n * 60000, n / 7, IF(n % 50 = 7, NULL, n)," + " CONCAT('s', n % 13)");
        migration =
                new Migration(
                        database,
                        state,
                        """
                        - table: t
                          device_field: dev
                          timestamp_field: ts
                          timestamp_unit: ms
                          device_template: DB.d{dev}
                          measurements: [{name: f}, {name: n}, {name: s}]
                        """,
                        "backfill: {chunk_rows: 3000}");
        migration.backfill();
    }

    private VerifyReport verify() throws Exception {
        return Verification.run(migration, Verification.options());
    }

    private List<String> differences() throws Exception {
        return Verification.lines(verify(), database);
    }

    /** Differs as it should; the repair brings back what was there before the damage. */
    private void assertFoundAndMended(Contents before, String... expected) throws Exception {
        assertThat(differences()).containsExactly(expected);
        assertThat(migration.contents()).isNotEqualTo(before);

        VerifyReport repaired =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));

        assertThat(repaired.equal()).isTrue();
        assertThat(migration.contents().equals(before)).as("as before the damage").isTrue();
        assertThat(verify().count()).isZero();
    }

    /** Row n has id n, device n % 10 and minute n. */
    private static long time(int n) {
        return n * 60_000L;
    }

    @Test
    void equalAfterABackfill() throws Exception {
        VerifyReport report = verify();

        assertThat(report.equal()).isTrue();
        assertThat(report.count()).isZero();
        VerifyReport.Table table = report.tables().get(0);
        assertThat(table.mysqlRows()).isEqualTo(ROWS);
        assertThat(table.iotdbRows()).isEqualTo(ROWS);
        assertThat(table.mysqlChecksum()).isEqualTo(table.iotdbChecksum());
        assertThat(report.notCompared()).isEmpty();
        assertThat(migration.state().differences()).doesNotExist();
        try (Journal journal = Journal.of(migration.config())) {
            Journal.Entry last = journal.entries().get(journal.entries().size() - 1);
            assertThat(last.event()).isEqualTo("verified");
            assertThat(last.fields().path("equal").asBoolean()).isTrue();
            assertThat(last.fields().path("position").path("file").asText()).isNotEmpty();
        }
    }

    @Test
    void oneBitOfOneFloat() throws Exception {
        float right = 123 / 7f;
        float wrong = Float.intBitsToFloat(Float.floatToRawIntBits(right) ^ 1);
        Contents before = migration.contents();
        database.executeInIotdb(
                "INSERT INTO DB.d3(time, f) ALIGNED VALUES (" + time(123) + ", " + wrong + ")");

        assertFoundAndMended(before, "different d3 " + time(123) + " f " + right + "->" + wrong);
    }

    @Test
    void oneMissingRow() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb("DELETE FROM DB.d4.* WHERE time = " + time(14));

        assertFoundAndMended(
                before, "missing d4 " + time(14) + " f 2.0->null n 14->null s s1->null");
    }

    /** A series that IoTDB makes by itself is DOUBLE: the group has two types of one column. */
    @Test
    void oneExtraRowAndOneOfADeviceThatMysqlHasNot() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb(
                "INSERT INTO DB.d4(time, n) ALIGNED VALUES (17, 5)",
                "INSERT INTO DB.d99(time, n) ALIGNED VALUES (18, 6)");

        assertThat(differences())
                .containsExactly("extra d4 17 n null->5", "extra d99 18 n null->6.0");
        assertThat(
                        Verification.run(
                                        migration,
                                        Verification.options(RepairMode.WRITE_AND_DELETE))
                                .equal())
                .isTrue();
        assertThat(verify().count()).isZero();
        // The series stays, without a value; no query could show both types.
        database.executeInIotdb("DELETE TIMESERIES DB.d99.*");
        assertThat(migration.contents().equals(before)).as("as before the damage").isTrue();
    }

    @Test
    void oneShiftedTime() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb(
                "DELETE FROM DB.d4.* WHERE time = " + time(14),
                "INSERT INTO DB.d4(time, f, n, s) ALIGNED VALUES ("
                        + (time(14) + 1)
                        + ", 2.0, 14, 's1')");

        assertFoundAndMended(
                before,
                "missing d4 " + time(14) + " f 2.0->null n 14->null s s1->null",
                "extra d4 " + (time(14) + 1) + " f null->2.0 n null->14 s null->s1");
    }

    @Test
    void aValueThatShouldBeNullAndANullThatShouldBeAValue() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb(
                "INSERT INTO DB.d7(time, n) ALIGNED VALUES (" + time(57) + ", 0)",
                "DELETE FROM DB.d8.n WHERE time = " + time(58));

        assertFoundAndMended(
                before,
                "different d7 " + time(57) + " n null->0",
                "different d8 " + time(58) + " n 58->null");
    }

    @Test
    void twoValuesSwappedBetweenDevices() throws Exception {
        database.execute("UPDATE t SET ts = 5 WHERE id IN (0, 1)");
        migration.restart();
        assertThat(verify().equal()).isTrue();
        Contents before = migration.contents();
        database.executeInIotdb(
                "INSERT INTO DB.d0(time, n) ALIGNED VALUES (5, 1)",
                "INSERT INTO DB.d1(time, n) ALIGNED VALUES (5, 0)");

        assertFoundAndMended(before, "different d0 5 n 0->1", "different d1 5 n 1->0");
    }

    /** The sum of hashes does not cancel where a xor would. */
    @Test
    void theSameDifferenceTwice() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb(
                "INSERT INTO DB.d5(time, n) ALIGNED VALUES (" + time(25) + ", -1)",
                "INSERT INTO DB.d5(time, n) ALIGNED VALUES (" + time(35) + ", -1)");

        assertFoundAndMended(
                before,
                "different d5 " + time(25) + " n 25->-1",
                "different d5 " + time(35) + " n 35->-1");
    }

    @Test
    void repairMendsExactlyWhatDiffers() throws Exception {
        Contents before = migration.contents();
        database.executeInIotdb(
                "DELETE FROM DB.d4.* WHERE time = " + time(14),
                "INSERT INTO DB.d4(time, n) ALIGNED VALUES (17, 5)",
                "INSERT INTO DB.d7(time, n) ALIGNED VALUES (" + time(57) + ", 0)",
                "DELETE FROM DB.d8.n WHERE time = " + time(58),
                "INSERT INTO DB.d3(time, s) ALIGNED VALUES (" + time(123) + ", 'x')");
        Contents damaged = migration.contents();

        VerifyReport plan = Verification.run(migration, Verification.options(RepairMode.PLAN));
        assertThat(plan.equal()).isFalse();
        Repaired.Plan amounts = new Repaired.Plan(3, 5, 1, 2, 0, List.of());
        assertThat(plan.repair())
                .isEqualTo(new Repaired(amounts, Repaired.Execution.PLANNED, 0, List.of(), null));
        assertThat(migration.contents()).isEqualTo(damaged);

        VerifyReport repaired =
                Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
        assertThat(repaired.repair())
                .isEqualTo(
                        new Repaired(
                                amounts,
                                Repaired.Execution.DONE,
                                0,
                                List.of(),
                                new Repaired.After(0, 4, 0)));
        assertThat(repaired.equal()).isTrue();
        assertThat(migration.contents()).isEqualTo(before);
        assertThat(verify().count()).isZero();
    }

    @Test
    void everythingIsMissing() throws Exception {
        database.executeInIotdb("DELETE FROM DB.*.*");

        VerifyReport report = verify();

        assertThat(report.tables().get(0).missing()).isEqualTo(ROWS);
        assertThat(report.differences()).hasSize(1_000);
        assertThat(Files.readAllLines(migration.state().differences())).hasSize(ROWS);
    }

    @Test
    void onlyWhatIsInScopeIsCompared() throws Exception {
        database.executeInIotdb(
                "INSERT INTO DB.d3(time, n) ALIGNED VALUES (" + time(103) + ", -1)",
                "INSERT INTO DB.d3(time, n) ALIGNED VALUES (" + time(203) + ", -1)",
                "INSERT INTO DB.d4(time, n) ALIGNED VALUES (" + time(104) + ", -1)");

        VerifyReport report =
                Verification.run(
                        migration,
                        Verification.scope(
                                List.of(database.iotdbDatabase() + ".d3"),
                                Instant.ofEpochMilli(time(150)),
                                Instant.ofEpochMilli(time(1_000))));

        assertThat(Verification.lines(report, database))
                .containsExactly("different d3 " + time(203) + " n 203->-1");
        assertThat(report.tables().get(0).mysqlRows()).isEqualTo(85);
        assertThat(report.notCompared()).hasSize(3);
    }

    @Test
    void aSideThatCannotBeReadIsNoDifference() throws Exception {
        database.execute("RENAME TABLE t TO gone");

        assertThatThrownBy(this::verify)
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG));
    }
}
