package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import io.iotdbmigrate.verify.CountReport;
import io.iotdbmigrate.verify.SourceCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of each device are counted on both sides, among rows that IoTDB does not get. */
@ExtendWith(ServersExtension.class)
class CountsIT {
    private static final int ROWS = 5_000;

    @TempDir Path state;
    private TestDatabase database;
    private Migration migration;

    /** Row n is of device n % 10, n minutes into 2024 in Berlin. */
    @BeforeEach
    void copy(TestDatabase own) throws Exception {
        database = own;
        database.execute(
                "SET SESSION cte_max_recursion_depth = 1000000, sql_mode = ''",
                "CREATE TABLE t (id INT PRIMARY KEY, dev VARCHAR(10), ts DATETIME(3), f FLOAT,"
                        + " b TINYINT(1), d DATE)",
                "INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE"
                        + " n < "
                        + ROWS
                        + ") SELECT n, CONCAT('d', n % 10), '2024-01-01' + INTERVAL n MINUTE, n /"
                        + " 7, IF(n % 3 = 0, NULL, n % 2), NULL FROM r",
                "INSERT INTO t VALUES"
                        // shares device and time with row 1, and stands
                        + " (10001, 'd1', '2024-01-01 00:01', 9, 1, NULL),"
                        // the same with row 2, but has no value
                        + " (10002, 'd2', '2024-01-01 00:02', NULL, NULL, NULL),"
                        // no value
                        + " (10003, 'd3', '2024-02-02 12:00', NULL, NULL, NULL),"
                        + " (10004, 'd6', '2024-03-01 12:00', NULL, NULL, '0000-00-00'),"
                        // cannot be mapped: a BOOLEAN of 7, no device, no time, no legal device
                        + " (10005, 'd3', '2024-02-03 12:00', 1, 7, NULL),"
                        + " (10006, NULL, '2024-02-03 12:00', 1, 1, NULL),"
                        + " (10007, 'd4', NULL, 1, 1, NULL),"
                        + " (10008, 'time', '2024-02-03 12:00', 1, 1, NULL),"
                        // the clocks skip the hour of the first, so they share their time
                        + " (10009, 'd5', '2024-03-31 02:30', 1, 1, NULL),"
                        + " (10010, 'd5', '2024-03-31 03:30', 2, 1, NULL)");
        migration =
                new Migration(
                        database,
                        state,
                        "Europe/Berlin",
                        """
                        - table: t
                          timestamp_field: ts
                          device_template: DB.{dev}
                          measurements: [{name: f}, {name: b}, {name: d}]
                        """,
                        "");
        migration.backfill();
    }

    private CountReport counts() throws Exception {
        return Verification.counts(migration, Verification.options());
    }

    private List<String> devices(CountReport report) {
        return report.devices().stream()
                .map(
                        d ->
                                d.path().substring(database.iotdbDatabase().length() + 1)
                                        + " "
                                        + d.mysqlPoints()
                                        + "->"
                                        + d.iotdbRows())
                .toList();
    }

    private static long time(int n) {
        return Instant.parse("2023-12-31T23:00:00Z").toEpochMilli() + n * 60_000L;
    }

    @Test
    void rowsThatIotdbDoesNotGetAreNoDifference() throws Exception {
        CountReport report = counts();

        assertThat(devices(report)).isEmpty();
        assertThat(report.equal()).isTrue();
        CountReport.Table table = report.tables().get(0);
        assertThat(table.devices()).isEqualTo(10);
        assertThat(table.mysql()).isEqualTo(new SourceCount(ROWS + 10, ROWS, 3, 4));
        assertThat(table.mysql().collapsed()).isEqualTo(3);
        assertThat(table.iotdb().rows()).isEqualTo(ROWS);
        assertThat(report.notCompared().get(0)).startsWith("values: ");
        assertThat(migration.state().differences()).doesNotExist();
        assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
    }

    @Test
    void theJournalDoesNotTakeItForAComparisonOfEverything() throws Exception {
        counts();

        try (Journal journal = Journal.of(migration.config())) {
            Journal.Entry last = journal.entries().get(journal.entries().size() - 1);
            assertThat(last.event()).isEqualTo("verified");
            assertThat(last.fields().path("mode").asText()).isEqualTo("counts");
            assertThat(last.fields().path("equal").asBoolean()).isTrue();
            assertThat(last.fields().path("complete").asBoolean(true)).isFalse();
        }
    }

    /** A device of which IoTDB lacks a series is one that the server does not count. */
    @Test
    void devicesThatDifferAreNamedWithBothCounts() throws Exception {
        database.executeInIotdb(
                "DELETE FROM DB.d4.* WHERE time = " + time(14),
                "DELETE FROM DB.d4.* WHERE time = " + time(24),
                "INSERT INTO DB.d7(time, f) ALIGNED VALUES (17, 5)",
                "INSERT INTO DB.d99(time, f) ALIGNED VALUES (18, 6)",
                // a foreign series adds no row
                "INSERT INTO DB.d8(time, other) ALIGNED VALUES (19, 6)");

        CountReport report = counts();

        assertThat(report.equal()).isFalse();
        assertThat(devices(report)).containsExactly("d4 500->498", "d7 500->501", "d99 0->1");
        assertThat(report.tables().get(0).differing()).isEqualTo(3);
        assertThat(Files.readAllLines(migration.state().differences()))
                .hasSize(3)
                .first()
                .asString()
                .contains(
                        "\"kind\":\"count\"",
                        ".d4\"",
                        "\"mysql_points\":500",
                        "\"iotdb_rows\":498");
        assertThat(counts().devices()).isEqualTo(report.devices());
    }

    @Test
    void aDeviceThatIsGone() throws Exception {
        database.executeInIotdb("DELETE FROM DB.d3.*", "DELETE TIMESERIES DB.d2.**");

        assertThat(devices(counts())).containsExactly("d3 500->0", "d2 499->0");
    }

    @Test
    void valuesAreNotCompared() throws Exception {
        database.executeInIotdb("INSERT INTO DB.d4(time, f) ALIGNED VALUES (" + time(14) + ", -1)");

        assertThat(counts().equal()).isTrue();
    }

    @Test
    void onlyWhatIsInScopeIsCounted() throws Exception {
        database.executeInIotdb(
                "DELETE FROM DB.d3.* WHERE time = " + time(103),
                "DELETE FROM DB.d3.* WHERE time = " + time(203),
                "DELETE FROM DB.d4.* WHERE time = " + time(204));

        CountReport report =
                Verification.counts(
                        migration,
                        Verification.scope(
                                List.of(database.iotdbDatabase() + ".d3"),
                                Instant.ofEpochMilli(time(150)),
                                Instant.ofEpochMilli(time(1_000))));

        assertThat(devices(report)).containsExactly("d3 85->84");
        assertThat(report.tables().get(0).devices()).isEqualTo(1);
        assertThat(report.notCompared()).hasSize(4);
    }

    @Test
    void aSideThatCannotBeReadIsNoDifference() throws Exception {
        database.execute("RENAME TABLE t TO gone");

        assertThatThrownBy(this::counts)
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG));
    }
}
