package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcOutcome.Detached;
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
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Replication and verification on a Flink cluster of processes of its own. */
@OnFlink
@ExtendWith(ServersExtension.class)
class RemoteCdcIT {
    private static final int ROWS = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CDC_JOB = "io.iotdbmigrate.MySQLToIoTDBCdcJob";
    private static final String PASSWORD = "s3cr3t-9d41-of-mysql";
    private static final String MAPPING =
            """
            - table: t
              device_field: dev
              timestamp_field: ts
              timestamp_unit: ms
              device_template: DB.d{dev}
              measurements: [{name: v}]
            """;

    @TempDir Path folder;
    private TestDatabase database;
    private FlinkRest flink;
    private Migration migration;

    @BeforeEach
    void fill(TestDatabase own) throws Exception {
        database = own;
        flink = new FlinkRest(database.servers().flinkRest());
        database.execute(
                "CREATE TABLE t (id INT PRIMARY KEY, dev INT NOT NULL, ts BIGINT, v INT, KEY (dev, ts))");
        database.insert("t", ROWS, "n, n % 7, n, n");
        migration =
                new Migration(
                        database,
                        folder.resolve("state"),
                        MAPPING,
                        "flink: {checkpoint_interval: 200ms, checkpoint_dir: '"
                                + folder.resolve("checkpoints").toUri()
                                + "'}");
    }

    private Contents expected() throws Exception {
        return Contents.expected(
                database,
                "SELECT CONCAT('"
                        + database.iotdbDatabase()
                        + ".d', dev), ts, 'v', 'INT32', v FROM t WHERE ts IS NOT NULL");
    }

    private void assertEqual() throws Exception {
        assertThat(migration.contents()).isEqualTo(expected());
    }

    private MigrationStatus status(ClusterAddress cluster) throws Exception {
        return new StatusRun(migration.config(), migration.state()).read(cluster);
    }

    private String stop(ClusterAddress cluster) throws Exception {
        StoppedJob stopped =
                new StopRun(migration.config(), migration.state()).stop(cluster).orElseThrow();
        assertThat(stopped.command()).isEqualTo("cdc");
        return stopped.place().orElseThrow();
    }

    /** There, there again from the savepoint, and here from the next one. */
    @Test
    void goesOnFromItsSavepointsHereAndThere() throws Exception {
        migration.backfill();
        database.execute(
                "DELETE FROM t WHERE id < 100",
                "UPDATE t SET v = -v WHERE id BETWEEN 100 AND 5000",
                "INSERT INTO t VALUES (2000000, 1, NULL, 1)");

        String savepoint;
        try (Replication first = migration.replicateRemotely()) {
            first.awaitApplied().await(progress -> progress.events() > 5_000);
            assertThat(first.from()).endsWith("where the backfill began to read");
            assertThat(status(null).job().orElseThrow().running().remote()).isTrue();
            savepoint = name(first.stop());
        }
        assertEqual();
        assertThat(status(null).job()).isEmpty();
        assertThat(Files.readAllLines(migration.state().rejectedChanges())).hasSize(1);

        database.execute("UPDATE t SET ts = ts + 5000000 WHERE dev = 1 AND id < 2000000");
        try (Replication second = migration.replicateRemotely()) {
            second.awaitApplied();
            assertThat(second.from()).isEqualTo("going on from savepoint " + savepoint);
            savepoint = name(second.stop());
        }
        assertEqual();

        database.execute("DELETE FROM t WHERE dev = 2");
        try (Replication here = migration.replicate()) {
            here.awaitApplied();
            assertThat(here.from()).isEqualTo("going on from savepoint " + savepoint);
        }
        assertEqual();
    }

    private static String name(CdcOutcome.Stopped outcome) {
        assertThat(outcome.requestedHere()).isTrue();
        return outcome.savepoint().substring(outcome.savepoint().lastIndexOf('/') + 1);
    }

    @Test
    void aDetachedJobIsFollowedAndNothingRunsBesideIt() throws Exception {
        migration.backfill();
        Detached detached = migration.detachReplication();
        assertThat(migration.detachReplication()).isEqualTo(detached);

        refused(migration.replicate(), detached.job(), "--remote " + detached.cluster());
        assertThatThrownBy(migration::restart)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the cdc of this migration runs as job " + detached.job())
                .hasMessageContaining("iotdb-migrate stop");
        database.execute("DELETE FROM t WHERE dev = 3");
        try (Replication followed = migration.replicateRemotely()) {
            followed.awaitApplied();
            assertThat(followed.from()).startsWith("following job " + detached.job());
            refused(migration.replicate(), "another iotdb-migrate works with the state folder");

            String savepoint = stop(null);

            assertThat(followed.result().savepoint()).isEqualTo(savepoint);
            assertThat(followed.result().requestedHere()).isFalse();
        }
        assertThat(flink.state(detached.job())).isEqualTo("FINISHED");
        assertEqual();
        try (Replication here = migration.replicate()) {
            here.awaitApplied();
            refused(migration.replicateRemotely(), "another iotdb-migrate works with the state");
        }
    }

    private static void refused(Replication replication, String... parts) {
        assertThatThrownBy(replication::result)
                .isInstanceOfSatisfying(
                        UserException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED))
                .hasMessageContainingAll(parts);
    }

    @Test
    void outlivesATaskManager() throws Exception {
        migration.backfill();
        Detached detached = migration.detachReplication();
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints(detached.job()) > 0);
        database.execute("UPDATE t SET v = v + 1 WHERE dev = 2", "DELETE FROM t WHERE dev = 5");

        database.servers().killTaskManager();
        database.execute("INSERT INTO t SELECT id + 1000000, dev, ts + 1000000, v FROM t");
        database.servers().startTaskManager();

        Replication.awaitAppliedSomewhere(migration);
        assertEqual();
        assertThat(status(null).job().orElseThrow().restarts()).isPositive();
        stop(null);
        assertThat(flink.state(detached.job())).isEqualTo("FINISHED");
    }

    /** Where the cluster has forgotten the job, or somebody has cancelled it. */
    @Test
    void goesOnFromTheNewestCheckpointOfAJobThatIsGone() throws Exception {
        migration.backfill();
        Detached lost = migration.detachReplication();
        database.execute("UPDATE t SET v = 7 WHERE dev = 4");
        Replication.awaitAppliedSomewhere(migration);
        flink.cancel(lost.job());
        await().atMost(PATIENCE).until(() -> flink.hasEnded(lost.job()));
        database.execute("DELETE FROM t WHERE dev = 6");

        try (Replication next = migration.replicateRemotely()) {
            next.awaitApplied();
            assertThat(next.from()).startsWith("going on from checkpoint chk-");
        }
        assertEqual();
    }

    /** Both jobs by REST alone; then the command line takes over. */
    @Test
    void aJobOfTheRestInterfaceIsFoundStoppedAndGoneOnWith() throws Exception {
        String config =
                Files.writeString(folder.resolve("config.yaml"), migration.yaml()).toString();
        String jar = flink.upload(Path.of("target/job/job.jar"));
        JsonNode backfill = flink.run(jar, "io.iotdbmigrate.MySQLToIoTDBBackfillJob", config);
        String copying = backfill.path("jobid").asText();
        await().atMost(PATIENCE).until(() -> flink.hasEnded(copying));
        database.execute("DELETE FROM t WHERE dev = 3");
        String elsewhere =
                Files.writeString(
                                folder.resolve("elsewhere.yaml"),
                                migration.yaml().replace(".d{dev}", ".e{dev}"))
                        .toString();
        assertThat(flink.run(jar, CDC_JOB, elsewhere).toString())
                .contains("the mapping changed of " + database.name() + ".t since the backfill");
        JsonNode cdc = flink.run(jar, CDC_JOB, config);
        String job = cdc.path("jobid").asText();
        assertThat(job).as(cdc.toString()).hasSize(32);
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints(job) > 0);

        assertThat(status(null).job()).isEmpty();
        MigrationStatus.Job found = status(migration.cluster()).job().orElseThrow();
        assertThat(found.running().job()).isEqualTo(job);
        assertThat(found.state()).isEqualTo("RUNNING");
        refused(
                migration.replicateRemotely(),
                "there is a replication of " + database.name() + " already, as job " + job,
                "iotdb-migrate stop --remote " + migration.cluster());
        String savepoint = stop(migration.cluster());
        String refused = flink.runFrom(savepoint, jar, CDC_JOB, elsewhere).path("jobid").asText();
        await().atMost(PATIENCE).until(() -> flink.state(refused).equals("FAILED"));
        assertThat(flink.get("/jobs/" + refused + "/exceptions").toString())
                .contains("the mapping or the columns of " + database.name() + ".t changed");
        database.execute("UPDATE t SET v = -1 WHERE dev = 1");
        try (Replication next = migration.replicateRemotely()) {
            next.awaitApplied();
            assertThat(savepoint).endsWith(next.from().replace("going on from savepoint ", "/"));
        }

        assertEqual();
        flink.delete(jar);
    }

    @Test
    void comparesAsItWouldHere() throws Exception {
        migration.backfill();
        assertThat(Verification.runRemotely(migration, Verification.options()).equal()).isTrue();
        database.execute("UPDATE t SET v = 12345678 WHERE id = 77", "DELETE FROM t WHERE id = 78");

        var report = Verification.runRemotely(migration, Verification.options());

        assertThat(Verification.lines(report, database))
                .isEqualTo(
                        Verification.lines(
                                Verification.run(migration, Verification.options()), database))
                .hasSize(2);
        try (var left = Files.list(folder.resolve("checkpoints/verify"))) {
            assertThat(left).isEmpty();
        }
    }

    /** From the archive on a path with blanks, in another folder; with a password to look for. */
    @Test
    void theInstalledToolDoesAllOfItAndTellsNobodyThePassword() throws Exception {
        String user = database.name();
        database.execute(
                "CREATE USER " + user + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT ALL ON *.* TO " + user + "@'%'");
        String yaml =
                migration
                        .yaml()
                        .replaceFirst(
                                "user: \\S+, password: \\S*, database",
                                Matcher.quoteReplacement(
                                        "user: "
                                                + user
                                                + ", password: '${env:PLANT_PW}', database"));
        Files.writeString(folder.resolve("plant.yml"), yaml);
        Tool tool = unpacked();

        run(tool, "backfill", "--remote");
        Result started = run(tool, "cdc", "--remote", "--detach");
        Matcher job = Pattern.compile("[0-9a-f]{32}").matcher(started.out());
        assertThat(job.find()).as(started.out()).isTrue();
        database.execute("UPDATE t SET v = -v", "DELETE FROM t WHERE dev = 0");
        Replication.awaitAppliedSomewhere(migration);
        assertThat(run(tool, "status").out())
                .contains("cdc is running (job " + job.group() + " on the Flink cluster at");
        assertThat(run(tool, "verify", "--remote").out()).contains("equal");
        flink.get("/jobs/overview").path("jobs").forEach(this::assertTellsNothing);
        for (String page : new String[] {"/overview", "/jobmanager/config", "/taskmanagers"}) {
            assertThat(flink.get(page).toString()).doesNotContain(PASSWORD);
        }
        assertThat(run(tool, "stop").out()).contains("stopped with savepoint file:");

        assertThat(flink.state(job.group())).isEqualTo("FINISHED");
        assertEqual();
        String logs = database.servers().flinkLogs();
        assertThat(logs.contains(job.group())).isTrue();
        assertThat(logs.contains(PASSWORD)).isFalse();
        try (var files = Files.walk(folder.resolve(".iotdb-migrate"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file).contains(PASSWORD)).as("%s", file).isFalse();
            }
        }
        database.execute("DROP USER " + user);
    }

    private Tool unpacked() throws Exception {
        Path home = Path.of(System.getProperty("dist.home"));
        Path to = Files.createDirectories(folder.resolve("my own tools"));
        try (var archives = Files.newDirectoryStream(home.resolve("../.."), "*.tar.gz")) {
            Process tar =
                    new ProcessBuilder(
                                    "tar",
                                    "-xzf",
                                    archives.iterator().next().toString(),
                                    "-C",
                                    to.toString())
                            .inheritIO()
                            .start();
            assertThat(tar.waitFor()).isZero();
        }
        try (var unpacked = Files.list(to)) {
            return new Tool(unpacked.findFirst().orElseThrow(), folder);
        }
    }

    private Result run(Tool tool, String command, String... more) throws Exception {
        String[] arguments = new String[2 + more.length];
        arguments[0] = command;
        arguments[1] = "--config=plant.yml";
        for (int i = 0; i < more.length; i++) {
            arguments[2 + i] =
                    more[i].equals("--remote") ? "--remote=" + migration.cluster() : more[i];
        }
        Result result = tool.run(Map.of("PLANT_PW", PASSWORD), arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    private void assertTellsNothing(JsonNode job) {
        assertThat(job.toString()).doesNotContain(PASSWORD);
        String[] pages = {"", "/config", "/plan", "/checkpoints/config", "/exceptions"};
        for (String page : pages) {
            try {
                assertThat(flink.get("/jobs/" + job.path("jid").asText() + page).toString())
                        .as(page)
                        .doesNotContain(PASSWORD);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
