package io.iotdbmigrate.it;

import static io.iotdbmigrate.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Waits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stops, failures, second runs. */
@ExtendWith(ServersExtension.class)
class ResumeIT {
    private static final int ROWS = 30_000;
    private static final String MAPPING =
            """
            - table: t
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d{dev}
              measurements: [{name: v}]
            """;

    private TestDatabase database;
    @TempDir Path state;

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        create(own);
    }

    private static void create(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT NOT NULL, v INT)");
        database.insert("t", ROWS, "n, n % 7, n, n");
    }

    private Migration migration(String rest) {
        return new Migration(database, state, MAPPING, rest);
    }

    private Contents expected() throws Exception {
        return Contents.expected(
                database,
                "SELECT CONCAT('"
                        + database.iotdbDatabase()
                        + ".d', dev), ts, 'v', 'INT32', v FROM t");
    }

    @Test
    void aStoppedRunIsTakenUpAfterItsFinishedChunks() throws Exception {
        Migration slow =
                migration(
                        "backfill: {parallelism: 2, chunk_rows: 1000, rate_limit: 6000}\n"
                                + "flink: {checkpoint_interval: 200ms}");
        BackfillOutcome stopped =
                slow.run(true, progress -> progress.tables().get(0).rows() > 4_000);
        assertThat(stopped).isEqualTo(new BackfillOutcome.Stopped(true));
        // A row that changes while nothing runs lies behind the noted position: it is the binlog's.
        Migration fast = migration("backfill: {parallelism: 2, chunk_rows: 1000}");

        BackfillOutcome.Report report = fast.backfill();

        assertThat(fast.notes()).singleElement().asString().contains("going on after");
        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(fast.contents()).isEqualTo(expected());
        assertThat(fast.state().path().resolve("checkpoints/backfill")).isEmptyDirectory();
    }

    /** With GTIDs; what replication would begin with is gone. */
    @Test
    void stopsWhenItsPositionIsPurged() throws Exception {
        String slowly =
                "backfill: {chunk_rows: 1000, rate_limit: 6000}\n"
                        + "flink: {checkpoint_interval: 200ms}\n";
        assertRefused(
                        ExitCode.MYSQL,
                        () -> migration(slowly).run(true, this::purgeBinlogInTheMiddle))
                .hasMessageContaining("the backfill stops, for cdc could not go on")
                .hasMessageContaining("has purged its binlog from binlog.")
                .hasMessageContaining("mysql.cdc.startup_mode to latest");

        assertThat(
                        migration(slowly + "mysql: {cdc: {startup_mode: latest}}")
                                .run(false, this::purgeBinlogInTheMiddle))
                .isInstanceOf(BackfillOutcome.Finished.class);
    }

    private boolean purgeBinlogInTheMiddle(BackfillProgress progress) {
        if (progress.tables().get(0).rows() > 4_000) {
            try {
                database.execute("DELETE FROM t WHERE id = 1", "FLUSH BINARY LOGS");
                database.execute("PURGE BINARY LOGS BEFORE NOW()");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return false;
    }

    @Test
    void anotherChunkSizeCannotGoOnWhereTheOldOneStopped() throws Exception {
        BackfillOutcome stopped =
                migration(
                                "backfill: {chunk_rows: 5000, rate_limit: 5000}\n"
                                        + "flink: {checkpoint_interval: 200ms}")
                        .run(true, progress -> progress.tables().get(0).rows() > 5_000);
        assertThat(stopped).isInstanceOf(BackfillOutcome.Stopped.class);

        assertThatThrownBy(() -> migration("backfill: {chunk_rows: 4000}").backfill())
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> {
                            assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG);
                            assertThat(e).hasMessageContaining("--restart");
                        });
    }

    @Test
    void aFinishedBackfillIsNotRepeatedButRestartBeginsAnew() throws Exception {
        Migration migration = migration("");
        migration.restart();
        database.execute("DELETE FROM t WHERE id < 1000");

        BackfillOutcome again = migration.run(false, progress -> false);
        assertThat(again).isInstanceOf(BackfillOutcome.AlreadyFinished.class);
        Migration elsewhere =
                new Migration(database, state, MAPPING.replace("DB.d", "DB.other.d"), "");
        for (Migration changed : List.of(elsewhere, migration.inTables())) {
            assertThatThrownBy(changed::backfill)
                    .isInstanceOfSatisfying(
                            UserException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIG))
                    .hasMessageContaining(
                            "the mapping or the columns of "
                                    + database.name()
                                    + ".t changed since the backfill that finished at ")
                    .hasMessageContaining("with --restart");
        }

        BackfillOutcome.Report anew = migration.restart();

        assertThat(anew.rows()).isEqualTo(ROWS - 1000);
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void theFolderIsHeldByOneProcess() throws Exception {
        Migration migration = migration("backfill: {rate_limit: 10000}");
        CompletableFuture<Void> running = new CompletableFuture<>();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<BackfillOutcome> first =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return migration.run(
                                        true,
                                        progress -> {
                                            running.complete(null);
                                            return stop.get();
                                        });
                            } catch (Exception e) {
                                running.completeExceptionally(e);
                                throw new IllegalStateException(e);
                            }
                        });
        running.get(60, TimeUnit.SECONDS);

        assertThatThrownBy(() -> migration(" ").backfill())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--state-dir");

        stop.set(true);
        first.get(60, TimeUnit.SECONDS);
    }

    /**
     * A kill of IoTDB while two copies run, of which one gives up soon, so that its job restarts.
     * What was finished before is there after it.
     */
    @Test
    void iotdbMayBeAwayForAWhile(Servers servers) throws Exception {
        String slowly =
                "backfill: {chunk_rows: 2000, rate_limit: 15000}\n"
                        + "flink: {checkpoint_interval: 200ms}\n";
        CyclicBarrier underWay = new CyclicBarrier(2, () -> outage(servers));
        try (TestDatabase second = TestDatabase.create(servers);
                TestDatabase third = TestDatabase.create(servers)) {
            create(second);
            create(third);
            Migration patient = migration(slowly);
            Migration hasty =
                    new Migration(
                            second, state.resolve("2"), MAPPING, slowly + "sink: {retries: 2}");
            Migration finished = new Migration(third, state.resolve("3"), MAPPING, "");
            finished.backfill();
            FutureTask<BackfillOutcome.Report> beside =
                    new FutureTask<>(() -> interrupted(patient, () -> await(underWay)));
            new Thread(beside, "patient").start();

            BackfillOutcome.Report report = interrupted(hasty, () -> await(underWay));

            assertThat(hasty.notes()).anyMatch(note -> note.contains("restarting"));
            assertThat(report.rows()).isEqualTo(ROWS);
            assertThat(beside.get().rows()).isEqualTo(ROWS);
            for (Migration migration : List.of(patient, hasty, finished)) {
                assertThat(migration.contents()).isEqualTo(migration.expected());
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException("the other copy does not come this far", e);
        }
    }

    private static void outage(Servers servers) {
        servers.killIotdb();
        CompletableFuture.delayedExecutor(Waits.OUTAGE_SECONDS, TimeUnit.SECONDS)
                .execute(servers::startIotdb);
    }

    @Test
    void mysqlMayBeRestarted(Servers servers) throws Exception {
        Migration migration =
                migration(
                        "backfill: {chunk_rows: 2000, rate_limit: 15000}\n"
                                + "flink: {checkpoint_interval: 200ms}");

        BackfillOutcome.Report report =
                interrupted(
                        migration,
                        () -> {
                            servers.killMysql();
                            servers.startMysql();
                        });

        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(migration.contents()).isEqualTo(expected());
    }

    /** Runs to the end, with an interruption after a sixth of the rows. */
    private static BackfillOutcome.Report interrupted(Migration migration, Runnable interruption)
            throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        BackfillOutcome outcome =
                migration.run(
                        true,
                        progress -> {
                            if (progress.tables().get(0).rows() > ROWS / 6
                                    && !once.getAndSet(true)) {
                                interruption.run();
                            }
                            return false;
                        });
        assertThat(once).isTrue();
        assertThat(outcome).isInstanceOf(BackfillOutcome.Finished.class);
        return ((BackfillOutcome.Finished) outcome).report();
    }

    @Test
    void aReadOnlyIotdbEndsTheRunWithOneSentence() throws Exception {
        Migration migration = migration("sink: {retries: 1}");
        try (Session session = database.session()) {
            session.executeNonQueryStatement("SET SYSTEM TO READONLY");
            try {
                assertThatThrownBy(migration::restart)
                        .isInstanceOfSatisfying(
                                UserException.class,
                                e -> {
                                    assertThat(e.exitCode()).isEqualTo(ExitCode.IOTDB);
                                    assertThat(e)
                                            .hasMessageContaining("does not accept writes")
                                            .hasMessageContaining("SET SYSTEM TO RUNNING");
                                });
            } finally {
                session.executeNonQueryStatement("SET SYSTEM TO RUNNING");
            }
        }
        migration.awaitWritable();
    }

    @Test
    void aSeriesOfAnotherTypeIsNamedWithTheServersWords() throws Exception {
        Migration migration = migration("");
        try (Session session = database.session()) {
            session.executeNonQueryStatement("CREATE DATABASE " + database.iotdbDatabase());
            session.executeNonQueryStatement(
                    "CREATE ALIGNED TIMESERIES " + database.iotdbDatabase() + ".d3(v TEXT)");
            assertThatThrownBy(migration::backfill)
                    .isInstanceOfSatisfying(
                            UserException.class,
                            e -> {
                                assertThat(e.exitCode()).isEqualTo(ExitCode.IOTDB);
                                assertThat(e)
                                        .hasMessageContaining(database.iotdbDatabase() + ".d3")
                                        .hasMessageContaining("TEXT");
                            });
            session.deleteDatabase(database.iotdbDatabase());
        }
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        Migration migration = migration("backfill: {chunk_rows: 5000}");
        database.execute("ANALYZE TABLE t");
        long guessed = guessedRows();
        assertThat(guessed).isBetween(ROWS / 2L, ROWS * 2L);

        var plan =
                new BackfillRun(migration.config(), migration.state())
                        .plan(new BackfillRun.Options(List.of("t"), false));

        assertThat(plan.tables())
                .singleElement()
                .satisfies(
                        t -> {
                            assertThat(t.chunkKey()).isEqualTo("id");
                            assertThat(t.series()).containsExactly("v INT32");
                            assertThat(t.estimatedRows()).isEqualTo(guessed);
                            assertThat(t.estimatedChunks()).isEqualTo(guessed / 5000);
                        });
        assertThat(state).isEmptyDirectory();
    }

    /** InnoDB guesses them from a few pages, and keeps the guess until it is asked for anew. */
    private long guessedRows() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT table_rows FROM information_schema.tables WHERE"
                                        + " table_schema = DATABASE() AND table_name = 't'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
