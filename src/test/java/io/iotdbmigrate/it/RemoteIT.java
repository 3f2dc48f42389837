package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillOutcome.AlreadyFinished;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Detached;
import io.iotdbmigrate.run.backfill.BackfillOutcome.Finished;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.run.status.StoppedJob;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.FlinkRest;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.OnFlink;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Tool.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Our jobs on a Flink cluster of processes of its own. */
@OnFlink
@ExtendWith(ServersExtension.class)
class RemoteIT {
    private static final int ROWS = 20_000;
    private static final String PASSWORD = "s3cr3t-7f2c-of-mysql";
    private static final String MAPPING =
            """
            - table: t
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d{dev}
              measurements: [{name: v}]
            """;
    private static final String CDC = "io.iotdbmigrate.MySQLToIoTDBCdcJob";
    private static final String CHUNKS =
            "flink: {checkpoint_interval: 200ms}\nbackfill: {chunk_rows: 1000";
    private static final String FAST = CHUNKS + "}";
    private static final String SLOW = CHUNKS + ", rate_limit: 2500}";

    @TempDir Path folder;
    private TestDatabase database;
    private FlinkRest flink;

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        flink = new FlinkRest(database.servers().flinkRest());
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT, v INT, KEY (dev, ts))");
        database.insert("t", ROWS, "n, n % 7, n, n");
    }

    private Migration migration(String rest) {
        return new Migration(database, folder.resolve("state"), MAPPING, rest);
    }

    private Contents expected() throws Exception {
        return Contents.expected(
                database,
                "SELECT CONCAT('"
                        + database.iotdbDatabase()
                        + ".d', dev), ts, 'v', 'INT32', v FROM t WHERE ts IS NOT NULL");
    }

    @Test
    void copiesAndReportsAsItWouldHere() throws Exception {
        database.execute("UPDATE t SET ts = NULL WHERE id = 77");
        Migration migration = migration("");

        BackfillOutcome outcome = migration.runRemotely(false);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Finished.class,
                        finished -> {
                            assertThat(finished.report().rows()).isEqualTo(ROWS);
                            assertThat(finished.report().rejected()).isEqualTo(1);
                            assertThat(finished.report().position()).isNotNull();
                        });
        assertThat(Files.readAllLines(migration.state().rejectedRows())).hasSize(1);
        assertThat(migration.contents()).isEqualTo(expected());
        assertThat(migration.run(false, progress -> false)).isInstanceOf(AlreadyFinished.class);
    }

    @Test
    void aDetachedJobIsFollowedAndNeverRunsTwice() throws Exception {
        Migration migration = migration(SLOW);

        Detached detached = (Detached) migration.runRemotely(true);
        assertThat(flink.state(detached.job())).isIn("CREATED", "RUNNING");
        assertThat(migration.runRemotely(true)).isEqualTo(detached);
        assertThatThrownBy(migration::backfill)
                .isInstanceOf(UserException.class)
                .hasMessageContaining(detached.job())
                .hasMessageContaining("--remote " + detached.cluster());
        assertThatThrownBy(migration::restart)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("end it before --restart");

        BackfillOutcome outcome = migration.runRemotely(false);

        assertThat(outcome).isInstanceOf(Finished.class);
        assertThat(migration.notes()).anyMatch(note -> note.startsWith("following job "));
        assertThat(flink.state(detached.job())).isEqualTo("FINISHED");
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void theReportOfADetachedJobThatHasEndedIsStillThere() throws Exception {
        Migration migration = migration("");
        Detached detached = (Detached) migration.runRemotely(true);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> flink.state(detached.job()).equals("FINISHED"));

        assertThat(migration.runRemotely(false)).isInstanceOf(Finished.class);
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void aDetachedJobIsSeenAndStopped() throws Exception {
        Migration migration = migration(SLOW);
        Detached detached = (Detached) migration.runRemotely(true);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> flink.completedCheckpoints(detached.job()) > 0);

        MigrationStatus.Job seen =
                new StatusRun(migration.config(), migration.state()).read().job().orElseThrow();
        assertThat(seen.running().where()).contains(detached.job());
        assertThat(seen.state()).isEqualTo("RUNNING");
        try (Replication beside = migration.replicate()) {
            assertThatThrownBy(beside::result)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("the backfill of this migration runs as job");
        }
        StoppedJob stopped =
                new StopRun(migration.config(), migration.state()).stop(null).orElseThrow();

        assertThat(stopped.command()).isEqualTo("backfill");
        assertThat(stopped.place().orElseThrow()).contains("/chk-");
        await().atMost(Duration.ofMinutes(1)).until(() -> flink.hasEnded(detached.job()));
        Migration next = migration(FAST);
        assertThat(next.runRemotely(false)).isInstanceOf(Finished.class);
        assertThat(next.notes()).anyMatch(note -> note.startsWith("going on after the"));
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void outlivesATaskManager() throws Exception {
        Migration migration = migration(SLOW);
        Detached detached = (Detached) migration.runRemotely(true);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> flink.completedCheckpoints(detached.job()) > 0);
        CompletableFuture<BackfillOutcome> outcome =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return migration.runRemotely(false);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        database.servers().killTaskManager();
        database.servers().startTaskManager();

        assertThat(outcome.get(3, TimeUnit.MINUTES)).isInstanceOf(Finished.class);
        assertThat(migration.contents()).isEqualTo(expected());
    }

    /** Each would hold the job's classes, until there is no room for those of another job. */
    @Test
    void aTaskManagerKeepsNoThreadOfAJobThatHasEnded() throws Exception {
        migration("").runRemotely(false);

        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> threadsOfATaskManager().noneMatch(t -> t.startsWith("mysql-cj")));
    }

    private Stream<String> threadsOfATaskManager() throws Exception {
        String id = flink.get("/taskmanagers").at("/taskmanagers/0/id").asText();
        List<String> threads =
                flink.get("/taskmanagers/" + id + "/thread-dump").findValuesAsText("threadName");
        assertThat(threads).contains("main");
        return threads.stream();
    }

    @Test
    void theInstalledToolSendsItsOwnJar() throws Exception {
        Migration migration = migration("");
        Files.writeString(folder.resolve("plant.yml"), migration.yaml());
        Tool tool = new Tool(folder);
        String[] command = {
            "backfill", "--config=plant.yml", "--remote=" + database.servers().flinkRest()
        };

        Result detached = tool.run(Map.of(), command[0], command[1], command[2], "--detach");
        assertThat(detached.exitCode()).as(detached.err()).isZero();
        Result followed = tool.run(Map.of(), command[0], command[1], command[2]);
        assertThat(followed.exitCode()).as(followed.err()).isZero();

        Matcher job = Pattern.compile("[0-9a-f]{32}").matcher(detached.out());
        assertThat(job.find()).as(detached.out()).isTrue();
        assertThat(flink.state(job.group())).isEqualTo("FINISHED");
        assertThat(followed.out()).contains("backfill finished: 20,000 rows");
        assertThat(migration.contents()).isEqualTo(expected());
    }

    @Test
    void namesWhatIsWrongBeforeItSendsAnything() {
        assertThatThrownBy(() -> migration("backfill: {parallelism: 50}").runRemotely(false))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("free slots of 4, but the job needs 50");
    }

    @Test
    void theJobJarRunsByTheRestInterfaceAlone() throws Exception {
        String user = database.name();
        database.execute(
                "CREATE USER " + user + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT ALL ON *.* TO " + user + "@'%'");
        String checkpoints = folder.resolve("checkpoints").toUri().toString();
        Migration migration = migration("flink: {checkpoint_dir: '" + checkpoints + "'}");
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                migration
                        .yaml()
                        .replaceFirst(
                                "user: \\S+, password: \\S*, database",
                                "user: " + user + ", password: " + PASSWORD + ", database"));

        String jar = flink.upload(Path.of("target/job/job.jar"));
        JsonNode run = flink.run(jar, "io.iotdbmigrate.MySQLToIoTDBBackfillJob", config.toString());
        String job = run.path("jobid").asText();
        assertThat(job).as(run.toString()).hasSize(32);
        await().atMost(Duration.ofMinutes(2)).until(() -> flink.hasEnded(job));

        assertThat(flink.state(job)).isEqualTo("FINISHED");
        assertThat(migration.contents()).isEqualTo(expected());
        for (String page : new String[] {"", "/config", "/plan", "/checkpoints/config"}) {
            assertThat(flink.get("/jobs/" + job + page).toString()).doesNotContain(PASSWORD);
        }
        assertThat(database.servers().flinkLogs().contains(PASSWORD)).isFalse();
        // The journal tells the command line what has happened.
        assertThat(migration.run(false, progress -> false)).isInstanceOf(AlreadyFinished.class);
        JsonNode again =
                flink.run(jar, "io.iotdbmigrate.MySQLToIoTDBBackfillJob", config.toString());
        assertThat(again.toString()).contains("the backfill of " + database.name());
        database.execute("DROP USER " + user);
        flink.delete(jar);
    }

    /** Follows a backfill of the command line; a crash and a savepoint are between the changes. */
    @Test
    void theReplicationRunsByTheRestInterfaceAlone() throws Exception {
        String checkpoints = folder.resolve("checkpoints").toUri().toString();
        Migration migration =
                migration(
                        "flink: {checkpoint_interval: 200ms, checkpoint_dir: '"
                                + checkpoints
                                + "'}");
        String config =
                Files.writeString(folder.resolve("config.yaml"), migration.yaml()).toString();
        migration.backfill();
        database.execute(
                "DELETE FROM t WHERE id < 100",
                "UPDATE t SET v = -v WHERE id BETWEEN 100 AND 5000",
                "INSERT INTO t SELECT id + 1000000, dev, ts + 1000000, v FROM t WHERE dev = 3");
        String jar = flink.upload(Path.of("target/job/job.jar"));

        JsonNode run = flink.run(jar, CDC, config);
        String job = run.path("jobid").asText();
        assertThat(job).as(run.toString()).hasSize(32);
        Replication.awaitAppliedSomewhere(migration);
        assertThat(migration.contents()).isEqualTo(expected());

        database.servers().killTaskManager();
        database.execute("UPDATE t SET v = v + 1 WHERE dev = 2", "DELETE FROM t WHERE dev = 5");
        database.servers().startTaskManager();
        Replication.awaitAppliedSomewhere(migration);
        assertThat(migration.contents()).isEqualTo(expected());

        String savepoint = stop(job, checkpoints);
        database.execute("UPDATE t SET ts = ts + 5000000 WHERE dev = 1");
        JsonNode resumed = flink.runFrom(savepoint, jar, CDC, config);
        String second = resumed.path("jobid").asText();
        assertThat(second).as(resumed.toString()).hasSize(32);
        Replication.awaitAppliedSomewhere(migration);
        assertThat(migration.contents()).isEqualTo(expected());
        assertThat(flink.get("/jobs/" + second + "/checkpoints").at("/latest/restored").toString())
                .contains(savepoint);
        stop(second, checkpoints);
        flink.delete(jar);
    }

    private String stop(String job, String checkpoints) throws Exception {
        String answer = flink.stop(job, checkpoints + "savepoints");
        await().atMost(Duration.ofMinutes(1)).until(() -> flink.hasEnded(job));
        assertThat(flink.state(job)).isEqualTo("FINISHED");
        return flink.get(answer).at("/operation/location").asText();
    }
}
