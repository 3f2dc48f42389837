package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.testkit.GtidMode;
import io.iotdbmigrate.testkit.Mappings;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Network;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cut off in the middle goes on, and nothing is missing or left over. */
@ExtendWith(ServersExtension.class)
class CdcFailureIT {
    private static final int ROWS = 72_000;

    /** Within so many reports, the journal is asked for the position at least once. */
    private static final int REPORTS = 7;

    private static final Pattern BEGINS = Pattern.compile("beginning at|going on from");

    private final TestDatabase database;

    @TempDir Path folder;

    CdcFailureIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        create(database);
    }

    private static void create(TestDatabase database) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT, w"
                        + " VARCHAR(20), UNIQUE (dev, ts))");
    }

    private Migration migration() {
        return migration(database, folder);
    }

    private static Migration migration(TestDatabase database, Path folder) {
        return new Migration(
                database,
                folder,
                Mappings.deviceTable("t", "DB.d{dev}", "v", "w"),
                "flink: {checkpoint_interval: 200ms, restart: {initial_backoff: 200ms}}");
    }

    private void insertAll() throws SQLException {
        database.insert("t", ROWS, "n, n % 50, n, n, CONCAT('w', n)");
    }

    /**
     * {@code kill -9}, twice with GTIDs, while one statement of 72,000 rows, 3.6 MB, is being read:
     * the network lets through a part of it, so that no machine is fast enough to be done before.
     */
    @ParameterizedTest
    @CsvSource({"true, 2", "false, 1"})
    void aLargeStatementSurvivesKills(boolean gtids, int kills) throws Exception {
        Servers servers = database.servers();
        try (GtidMode mode = GtidMode.of(database, gtids);
                Network network = new Network(servers.mysqlHost(), servers.mysqlPort())) {
            Migration migration =
                    migration(
                            new TestDatabase(
                                    servers.withMysqlPort(network.port()),
                                    database.name(),
                                    database.iotdbDatabase()),
                            folder);
            migration.restart();
            insertAll();
            Path config = Files.writeString(folder.resolve("plant.yml"), migration.yaml());
            Tool tool = new Tool(folder);
            List<Long> killedAt = new ArrayList<>();
            for (int kill = 1; kill <= kills; kill++) {
                Process process = start(tool, config);
                // Until then it looks into the binlog on connections that it closes at once.
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> BEGINS.matcher(tool.err()).find());
                network.cutAfter(kill * 1_500_000L);
                Replication.awaitProgress(migration, process);
                process.destroyForcibly().waitFor();
                network.mend();
                killedAt.add(Replication.appliedRows(migration));
            }
            assertThat(killedAt)
                    .as("applied at each kill")
                    .isSorted()
                    .allMatch(rows -> rows > 0 && rows < ROWS);
            database.execute(
                    "UPDATE t SET v = NULL, w = 'updated' WHERE id % 50 < 10",
                    "DELETE FROM t WHERE id % 5 = 1");
            Process process = start(tool, config);
            Replication.awaitAppliedBy(migration, tool, process);
            Tool.signal(process, "INT");
            assertThat(tool.end(process).exitCode()).isEqualTo(130);
            assertThat(migration.contents()).isEqualTo(migration.expected());
        }
    }

    private Process start(Tool tool, Path config) throws IOException {
        return tool.start(
                "cdc",
                "--config",
                config.toString(),
                "--state-dir",
                migration().state().path().toString());
    }

    /** The job itself fails, several times, while a large statement is being read. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLargeStatementSurvivesFailuresOfTheJob(boolean gtids) throws Exception {
        try (GtidMode mode = GtidMode.of(database, gtids)) {
            Migration migration = migration();
            migration.restart();
            try (Replication cdc = migration.replicate()) {
                insertAll();
                for (int failure = 1; failure <= 3; failure++) {
                    long wanted = failure * 10_000L;
                    cdc.await(progress -> progress.events() >= wanted);
                    killBinlogReader();
                }
                cdc.awaitApplied();
                assertThat(migration.contents()).isEqualTo(migration.expected());
            }
        }
    }

    private void killBinlogReader() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            List<Long> readers = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT id FROM information_schema.processlist WHERE command LIKE"
                                    + " 'Binlog Dump%'")) {
                while (rows.next()) {
                    readers.add(rows.getLong(1));
                }
            }
            for (long reader : readers) {
                statement.execute("KILL " + reader);
            }
        }
    }

    @Test
    void eachServerMayBeRestarted() throws Exception {
        Servers servers = database.servers();
        Migration migration = migration();
        migration.restart();
        Instant begun = Instant.now();
        try (Replication cdc = migration.replicate()) {
            database.execute("INSERT INTO t VALUES (1, 1, 1, 1, 'before')");
            cdc.awaitApplied();
            servers.stopMysql();
            servers.startMysql();
            database.execute(
                    "INSERT INTO t VALUES (2, 1, 2, 2, 'after MySQL')",
                    "UPDATE t SET v = 5 WHERE id = 1");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertTroubles(cdc, 1);

            servers.stopIotdb();
            servers.startIotdb();
            database.execute(
                    "INSERT INTO t VALUES (3, 1, 3, 3, 'after IoTDB')",
                    "UPDATE t SET v = 6 WHERE id = 1");
            cdc.awaitApplied();
            assertThat(migration.contents()).isEqualTo(migration.expected());
            assertTroubles(cdc, 2);

            assertRestartsAreNoted(migration, begun);

            servers.stopMysql();
            cdc.await(progress -> progress.state().equals("RESTARTING"));
            assertThat(cdc.stopWhileItRestarts().savepoint())
                    .as("no savepoint while it restarts")
                    .contains("/chk-");
            servers.startMysql();
        }
        database.execute("INSERT INTO t VALUES (4, 1, 4, 4, 'after the stop')");
        try (Replication cdc = migration.replicate().awaitApplied()) {
            assertThat(cdc.from()).startsWith("going on from checkpoint chk-");
        }
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    /** The notes for a chart, by which also who did not watch gets to know of both outages. */
    private static void assertRestartsAreNoted(Migration migration, Instant begun)
            throws Exception {
        try (Journal journal = Journal.of(migration.config())) {
            List<CdcCourse.Stretch> notes =
                    CdcCourse.read(journal, Instant.now()).stream()
                            .filter(note -> note.at().isAfter(begun))
                            .toList();
            assertThat(notes)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .isSortedAccordingTo(Comparator.comparing(CdcCourse.Stretch::at));
            assertThat(notes.get(0).begun()).isTrue();
            assertThat(notes.subList(1, notes.size())).noneMatch(CdcCourse.Stretch::begun);
            assertThat(CdcCourse.failures(notes))
                    .extracting(CdcCourse.Failure::reason)
                    .isNotEmpty()
                    .allSatisfy(
                            reason -> assertThat(reason).doesNotContainPattern("[a-z]\\.[A-Z]"));
            CdcCourse.tidy(journal, Instant.now().plus(CdcCourse.KEPT));
            assertThat(CdcCourse.read(journal, Instant.now())).as("tidied").isEmpty();
        }
    }

    /** A restart is told of with its reason, and no reason twice without a run in between. */
    private static void assertTroubles(Replication cdc, int outages) {
        List<String> notes = cdc.notes();
        List<String> troubles = new ArrayList<>();
        String last = "";
        for (String note : notes) {
            if (note.contains("failed")) {
                assertThat(note).isNotEqualTo(last);
                troubles.add(note);
                last = note;
            } else if (note.startsWith("the job runs again")) {
                last = "";
            }
        }
        assertThat(troubles)
                .hasSizeBetween(1, outages * 4)
                .allSatisfy(
                        note ->
                                assertThat(note)
                                        .matches(
                                                "the job failed and goes on from its last"
                                                        + " checkpoint as soon as it can: .*\\b(MySQL|IoTDB)\\b.*")
                                        .doesNotContainPattern("[a-z]\\.[A-Z]"));
    }

    /**
     * Nothing arrives any more, and no server says so; progress is told all the same. Then the old
     * connections are torn. One migration loses MySQL, another one IoTDB.
     */
    @Test
    void theNetworkMayBeCut() throws Exception {
        Servers servers = database.servers();
        try (TestDatabase other = TestDatabase.create(servers);
                Network toMysql = new Network(servers.mysqlHost(), servers.mysqlPort());
                Network toIotdb = new Network(servers.iotdbHost(), servers.iotdbPort())) {
            create(other);
            Migration one =
                    migration(
                            new TestDatabase(
                                    servers.withMysqlPort(toMysql.port()),
                                    database.name(),
                                    database.iotdbDatabase()),
                            folder.resolve("one"));
            Migration two =
                    migration(
                            new TestDatabase(
                                    servers.withIotdbPort(toIotdb.port()),
                                    other.name(),
                                    other.iotdbDatabase()),
                            folder.resolve("two"));
            one.restart();
            two.restart();
            try (Replication first = one.replicate();
                    Replication second = two.replicate()) {
                for (TestDatabase each : List.of(database, other)) {
                    each.execute("INSERT INTO t VALUES (1, 1, 1, 1, 'before')");
                }
                first.awaitApplied();
                second.awaitApplied();
                toMysql.cut();
                toIotdb.cut();
                for (TestDatabase each : List.of(database, other)) {
                    each.execute(
                            "INSERT INTO t VALUES (2, 1, 2, 2, 'while cut')",
                            "UPDATE t SET v = NULL WHERE id = 1");
                }
                // A change may not be the first thing that is held: the position may be.
                toMysql.awaitHeld();
                toIotdb.awaitHeld();
                first.awaitTold(REPORTS);
                second.awaitTold(REPORTS);
                toMysql.mend();
                toIotdb.mend();
                first.awaitApplied();
                second.awaitApplied();
            }
            for (TestDatabase each : List.of(database, other)) {
                Migration whole = migration(each, folder.resolve("whole"));
                assertThat(whole.contents()).isEqualTo(whole.expected());
            }
        }
    }
}
