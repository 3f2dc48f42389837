package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.testkit.CutoverScene;
import io.iotdbmigrate.testkit.FlinkRest;
import io.iotdbmigrate.testkit.Nobody;
import io.iotdbmigrate.testkit.OnFlink;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replication on a Flink cluster, an application that writes, and the installed tool for what
 * switches and what is killed.
 */
@OnFlink
@ExtendWith(ServersExtension.class)
class RemoteCutoverIT {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, true);
    private static final CutoverOptions REHEARSE = new CutoverOptions(true, true);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;
    private FlinkRest flink;
    private CutoverScene scene;

    @BeforeEach
    void begin(TestDatabase database) throws Exception {
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
        scene.migration().detachReplication();
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
        assertThat(scene.status().orElseThrow().running().where())
                .contains("job " + job() + " on the Flink cluster at");
    }

    private static void assertExit(int code, Tool.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code);
    }

    @Test
    void rehearsesAndSwitchesUnderAProcessThatFollows() throws Exception {
        Replication follower = scene.replicateRemotely();
        String first = job();
        awaitCheckpoint(first);
        scene.verify();

        CutoverReport rehearsed = scene.cutover(cutover -> cutover.run(REHEARSE));

        assertThat(rehearsed.ending()).as(rehearsed.sentence()).isEqualTo(Ending.REHEARSED);
        assertThat(follower.result().requestedHere()).isFalse();
        assertRunsAgainInsteadOf(first);
        String second = job();
        awaitCheckpoint(second);

        Tool.Result done = scene.run("cutover", "--execute", "--yes");

        assertExit(0, done);
        assertThat(done.out()).startsWith("switched: ");
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
        CutoverReport nowhere = scene.cutover(cutover -> cutover.run(EXECUTE));
        assertThat(nowhere.ending()).isEqualTo(Ending.UNDONE);
        assertThat(nowhere.sentence()).contains("CDC job: does not run");

        CutoverReport failed =
                scene.cutover(
                        scene.migration().cluster(),
                        Nobody.atAll(),
                        cutover -> cutover.run(EXECUTE));

        assertThat(failed.ending()).as(failed.sentence()).isEqualTo(Ending.UNDONE);
        assertThat(failed.sentence()).contains("failed with exit code 3");
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

        CutoverReport aborted = scene.cutover(null, Nobody.atAll(), cutover -> cutover.abort());

        assertThat(aborted.ending()).as(aborted.sentence()).isEqualTo(Ending.ABORTED);
        assertRunsAgainInsteadOf(first);
        String second = job();
        awaitCheckpoint(second);
        scene.killAt("verify");
        scene.moveElsewhere();
        assertExit(0, scene.run("cutover", "--resume", "--yes"));
        assertThat(scene.switched()).exists();
        assertThat(flink.hasEnded(second)).isTrue();
        scene.stopWriting();
        scene.assertEqual();
    }
}
