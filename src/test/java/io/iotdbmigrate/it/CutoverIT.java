package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.iotdbmigrate.testkit.CutoverScene;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cutovers by the installed tool, each way that one can end, and an application that writes. What
 * was undone has replication run in a process of its own.
 */
@ExtendWith(ServersExtension.class)
class CutoverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is done to a cutover behind each of these meets it in the next one. */
    private static final List<String> BEFORE_THE_HOOK =
            List.of(
                    "preflight",
                    "confirm",
                    "compare beforehand",
                    "pause writes",
                    "note the final position",
                    "drain",
                    "verify");

    @TempDir Path folder;
    private TestDatabase database;
    private CutoverScene scene;

    @BeforeEach
    void begin(TestDatabase own) throws Exception {
        database = own;
        scene = new CutoverScene(own, folder);
        scene.replicate();
        scene.verify();
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        if (scene.isFollowed()) {
            ownProcess()
                    .ifPresent(
                            cdc -> {
                                cdc.destroyForcibly();
                                cdc.onExit().join();
                            });
        }
    }

    /** Where it is not this process. */
    private Optional<ProcessHandle> ownProcess() throws IOException {
        return process().filter(cdc -> !cdc.equals(ProcessHandle.current()));
    }

    private Optional<ProcessHandle> process() throws IOException {
        return ProcessHandle.of(scene.cdc().path("pid").asLong());
    }

    private void awaitCdc() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> process().isPresent());
    }

    /** As before: MySQL takes writes, CDC runs. */
    private void assertAsBefore() throws Exception {
        scene.assertNotSwitched();
        awaitCdc();
    }

    private void abortAfterKillAt(String step) throws Exception {
        scene.killAt(step);
        // The hook outlives the tool for a moment.
        await().atMost(PATIENCE)
                .until(
                        () ->
                                Files.exists(scene.switched())
                                        == step.equals(CutoverScene.BEFORE_THE_SWITCH));
        Files.deleteIfExists(scene.switched());

        Tool.Result aborted = scene.run("cutover", "--abort");

        assertThat(aborted.exitCode()).as(step + aborted.out() + aborted.err()).isZero();
        assertAsBefore();
    }

    private void resumeAfterKillAt(String step) throws Exception {
        scene.killAt(step);

        Tool.Result resumed = scene.run("cutover", "--resume", "--yes");

        assertThat(resumed.exitCode()).as(step + resumed.out() + resumed.err()).isZero();
        assertThat(scene.switched()).exists();
        scene.stopWriting();
        scene.assertEqual();
    }

    /** The last one is killed in the hook that switches, and ends with the switch. */
    @Test
    void eachWayToEnd() throws Exception {
        Tool.Result rehearsed = scene.run("cutover", "--rehearse", "--yes");
        assertThat(rehearsed.exitCode()).as(rehearsed.out() + rehearsed.err()).isZero();
        assertThat(rehearsed.out()).startsWith("rehearsed: ");
        assertAsBefore();
        assertThat(ownProcess()).isPresent();

        Process process = scene.cutoverUntil("pause writes");
        Tool.signal(process, "TERM");
        assertThat(process.waitFor()).isEqualTo(8);
        assertAsBefore();

        abortAfterKillAt("pause writes");
        resumeAfterKillAt(CutoverScene.BEFORE_THE_SWITCH);
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillInEachStepItIsUndone() throws Exception {
        for (String step : BEFORE_THE_HOOK) {
            abortAfterKillAt(step);
        }
        abortAfterKillAt(CutoverScene.BEFORE_THE_SWITCH);
        scene.assertNothingIsLost();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void aSignalInEachStepUndoes(String signal) throws Exception {
        for (String step : BEFORE_THE_HOOK) {
            Process cutover = scene.cutoverUntil(step);
            Tool.signal(cutover, signal);
            assertThat(cutover.waitFor()).as("after " + step).isEqualTo(8);
            assertAsBefore();
        }
        scene.assertNothingIsLost();
    }

    /** What could not be undone while a server was away is undone by an abort. */
    private void assertUndone(Process cutover, String step, int exitCode) throws Exception {
        assertThat(cutover.waitFor()).as("after " + step).isEqualTo(exitCode);
        Tool.Result aborted = scene.run("cutover", "--abort");
        if (aborted.exitCode() != 0) {
            assertThat(aborted.err()).as("after " + step).contains("there is nothing to abort");
        }
        assertAsBefore();
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void aLostIotdbInEachStepUndoes() throws Exception {
        for (String step : BEFORE_THE_HOOK) {
            Process cutover = scene.cutoverUntil(step);
            database.servers().killIotdb();
            cutover.waitFor();
            database.servers().startIotdb();
            // A cdc that has stopped cannot begin again without IoTDB.
            assertUndone(cutover, step, step.equals("verify") ? 9 : 8);
            // Replication has its own back-off.
            await().atMost(PATIENCE).until(() -> scene.run("cutover").exitCode() == 0);
        }
        scene.assertNothingIsLost();
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void aLostMysqlInEachStepUndoes() throws Exception {
        for (String step : BEFORE_THE_HOOK) {
            Process cutover = scene.cutoverUntil(step);
            database.servers().killMysql();
            database.servers().startMysql();
            assertUndone(cutover, step, 8);
        }
        scene.assertNothingIsLost();
    }

    /** The last of the writes before the pause stay where they are. */
    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void aReplicationThatStandsStillIsWaitedForNoLongerThanTheDrainMayTake() throws Exception {
        scene.replicateInstalled();
        Process cutover = scene.cutoverUntil("compare beforehand");
        long cdc = process().orElseThrow().pid();
        Tool.signal(cdc, "STOP");
        assertThat(cutover.waitFor()).isEqualTo(8);
        Tool.signal(cdc, "CONT");
        assertAsBefore();
        scene.assertNothingIsLost();
    }

    @ParameterizedTest
    @MethodSource("steps")
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillInEachStepItGoesOn(String step) throws Exception {
        resumeAfterKillAt(step);
    }

    static Stream<String> steps() {
        return Stream.concat(BEFORE_THE_HOOK.stream(), Stream.of(CutoverScene.BEFORE_THE_SWITCH));
    }
}
