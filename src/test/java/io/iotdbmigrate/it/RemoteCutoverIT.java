package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.testkit.CutoverScene;
import io.iotdbmigrate.testkit.FlinkRest;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The installed tool, replication on a Flink cluster, and an application that writes. */
@ExtendWith(ServersExtension.class)
class RemoteCutoverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;
    private String cluster;
    private FlinkRest flink;
    private CutoverScene scene;

    @BeforeEach
    void begin(TestDatabase database) throws Exception {
        cluster = "--remote=" + database.servers().flinkRest();
        flink = new FlinkRest(database.servers().flinkRest());
        scene = new CutoverScene(database, folder);
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        new StopRun(scene.migration().config(), new StateFolder(folder.resolve("any")))
                .stop(scene.migration().cluster());
    }

    private String detach() throws Exception {
        Tool.Result started = scene.run("cdc", cluster, "--detach");
        assertThat(started.exitCode()).as(started.err()).isZero();
        String job = job();
        awaitCheckpoint(job);
        scene.verify();
        return job;
    }

    private void awaitCheckpoint(String job) {
        await().atMost(PATIENCE).until(() -> flink.completedCheckpoints(job) > 0);
    }

    /** Flink's id of the one that the state folder knows of. */
    private String job() throws Exception {
        return scene.cdc().path("job").asText();
    }

    /** As before, though as another job: MySQL takes writes, the cluster replicates. */
    private void assertRunsAgainInsteadOf(String ended) throws Exception {
        scene.assertNotSwitched();
        assertThat(flink.state(ended)).isEqualTo("FINISHED");
        assertThat(job()).isNotEqualTo(ended);
        assertThat(flink.state(job())).isEqualTo("RUNNING");
        assertThat(scene.run("status").out())
                .contains("cdc is running (job " + job() + " on the Flink cluster at");
    }

    private static void assertExit(int code, Tool.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code);
    }

    @Test
    void rehearsesAndSwitchesUnderAProcessThatFollows() throws Exception {
        Process follower = scene.start("cdc", cluster);
        await().atMost(PATIENCE).until(scene::isFollowed);
        String first = job();
        awaitCheckpoint(first);
        scene.verify();

        Tool.Result rehearsed = scene.run("cutover", "--rehearse", "--yes");

        assertExit(0, rehearsed);
        assertThat(rehearsed.out()).startsWith("rehearsed: ");
        assertThat(follower.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertRunsAgainInsteadOf(first);
        String second = job();

        Tool.Result done = scene.run("cutover", "--execute", "--yes");

        assertExit(0, done);
        assertThat(scene.switched()).exists();
        assertThat(flink.state(second)).isEqualTo("FINISHED");
        scene.stopWriting();
        scene.assertEqual();
    }

    @Test
    void whatFailsAfterTheSavepointIsUndoneFromElsewhere() throws Exception {
        String first = detach();
        Files.createFile(scene.failing());
        scene.moveElsewhere();
        Tool.Result nowhere = scene.run("cutover", "--execute", "--yes");
        assertExit(8, nowhere);
        assertThat(nowhere.out()).contains("CDC job: does not run");

        Tool.Result failed = scene.run("cutover", cluster, "--execute", "--yes");

        assertExit(8, failed);
        assertThat(failed.out()).contains("failed with exit code 3");
        assertRunsAgainInsteadOf(first);
        scene.assertNothingIsLost();
    }

    /** The journal says where the job was: each process has a state folder that knows nothing. */
    @Test
    void afterAKillItIsUndoneOrGoesOnFromElsewhere() throws Exception {
        String first = detach();
        scene.killAt(CutoverScene.BEFORE_THE_SWITCH);
        await().atMost(PATIENCE).until(() -> Files.exists(scene.switched()));
        Files.delete(scene.switched());
        scene.moveElsewhere();

        assertExit(0, scene.run("cutover", "--abort"));

        assertRunsAgainInsteadOf(first);
        String second = job();
        scene.killAt("verify");
        scene.moveElsewhere();
        assertExit(0, scene.run("cutover", "--resume", "--yes"));
        assertThat(scene.switched()).exists();
        assertThat(flink.hasEnded(second)).isTrue();
        scene.stopWriting();
        scene.assertEqual();
    }
}
