package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.iotdb.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The installed tool, replication in a process of its own, and an application that writes. */
@ExtendWith(ServersExtension.class)
class CutoverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MARK = "[x] ";
    private static final String BEFORE_THE_SWITCH = "stop CDC";

    @TempDir Path folder;
    private TestDatabase database;
    private Migration migration;
    private Writer writer;
    private Path config;
    private Path switched;

    /** Where the switch hook waits, so that a kill meets it. */
    private Path held;

    /** What the switch hook makes first. */
    private Path begun;

    private int runs;

    @BeforeEach
    void begin(TestDatabase own) throws Exception {
        database = own;
        switched = folder.resolve("switched");
        begun = folder.resolve("begun");
        held = folder.resolve("held");
        Path hook = folder.resolve("switch.sh");
        Files.writeString(
                hook,
                "#!/bin/sh\ntouch "
                        + begun
                        + "\nwhile [ -e "
                        + held
                        + " ]; do sleep 0.1; done\ntouch "
                        + switched
                        + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        migration =
                new Migration(
                        database,
                        state(),
                        Writer.mapping(),
                        "flink: {checkpoint_interval: 1s}\ncutover: {pause: super_read_only, max_lag:"
                                + " 120s, hooks: {switch: "
                                + hook
                                + "}}");
        config = Files.writeString(folder.resolve("plant.yml"), migration.yaml());
        writer = Writer.start(database, 50);
        assertThat(run("backfill").exitCode()).isZero();
        start("cdc");
        awaitCdc();
        verify();
    }

    @AfterEach
    void end() throws Exception {
        database.execute("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
        writer.close();
        if (Files.exists(state().resolve("running.json"))) {
            ProcessHandle.of(cdc().path("pid").asLong())
                    .ifPresent(
                            process -> {
                                process.destroyForcibly();
                                process.onExit().join();
                            });
        }
    }

    private Path state() {
        return folder.resolve("state");
    }

    /** Each run has a folder of its own for its output. */
    private Tool tool() throws IOException {
        return new Tool(Files.createDirectory(folder.resolve("run-" + ++runs)));
    }

    private String[] arguments(String... command) {
        return java.util.stream.Stream.concat(
                        List.of(command).stream(),
                        List.of("--config", config.toString(), "--state-dir", state().toString())
                                .stream())
                .toArray(String[]::new);
    }

    private Process start(String... command) throws IOException {
        return tool().start(arguments(command));
    }

    private Tool.Result run(String... command) throws Exception {
        return tool().run(arguments(command));
    }

    private JsonNode cdc() throws IOException {
        return new JsonMapper().readTree(Files.readString(state().resolve("running.json")));
    }

    private void awaitCdc() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ProcessHandle.of(cdc().path("pid").asLong()).isPresent());
    }

    private void verify() throws Exception {
        Tool.Result result = run("verify");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    /** As before: MySQL takes writes, CDC runs. */
    private void assertAsBefore() throws Exception {
        database.execute(
                "CREATE TABLE IF NOT EXISTS other (id INT)", "INSERT INTO other VALUES (1)");
        awaitCdc();
        assertThat(switched).doesNotExist();
    }

    private void assertNothingIsLost() throws Exception {
        writer.stop();
        Replication.awaitAppliedSomewhere(migration);
        assertThat(migration.contents()).isEqualTo(migration.copiedNow());
    }

    /** Begins a cutover and waits until it has done a step. */
    private Process cutoverUntil(String step) throws Exception {
        Tool tool = tool();
        Process process = tool.start(arguments("cutover", "--execute", "--yes", "--plain"));
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(tool.err()).isTrue();
                            return tool.err().contains(MARK + step);
                        });
        return process;
    }

    private void killAt(String step) throws Exception {
        Files.createFile(held);
        Process cutover = cutoverUntil(step);
        if (step.equals(BEFORE_THE_SWITCH)) {
            await().atMost(PATIENCE).until(() -> Files.exists(begun));
        }
        cutover.destroyForcibly().waitFor();
        Files.delete(held);
    }

    private void abortAfterKillAt(String step) throws Exception {
        killAt(step);
        // The hook outlives the tool for a moment.
        await().atMost(PATIENCE)
                .until(() -> Files.exists(switched) == step.equals(BEFORE_THE_SWITCH));
        Files.deleteIfExists(switched);
        Files.deleteIfExists(begun);

        Tool.Result aborted = run("cutover", "--abort");

        assertThat(aborted.exitCode()).as(step + aborted.out() + aborted.err()).isZero();
        assertAsBefore();
    }

    private void resumeAfterKillAt(String step) throws Exception {
        killAt(step);

        Tool.Result resumed = run("cutover", "--resume", "--yes");

        assertThat(resumed.exitCode()).as(step + resumed.out() + resumed.err()).isZero();
        assertThat(switched).exists();
        writer.stop();
        assertThat(migration.contents()).isEqualTo(migration.copiedNow());
    }

    @Test
    void whatDiffersIsFoundAndASignalUndoes() throws Exception {
        Process process = cutoverUntil("pause writes");
        Tool.signal(process, "TERM");
        assertThat(process.waitFor()).isEqualTo(8);
        assertAsBefore();

        database.execute("INSERT INTO w (id, dev, ts, v, note) VALUES (1000000, 1, -5, 1, 'a')");
        Replication.awaitAppliedSomewhere(stopped());
        iotdb("INSERT INTO " + database.iotdbDatabase() + ".w1 (time, v) ALIGNED VALUES (-5, 2.0)");
        Tool.Result changed = run("cutover", "--execute", "--yes");
        assertThat(changed.exitCode()).isEqualTo(8);
        assertThat(changed.out()).contains("differ: w: 1 of the rows that were changed");
        assertAsBefore();

        assertThat(run("verify", "--recheck", "0", "--repair", "--execute").exitCode()).isZero();
        iotdb("DELETE FROM " + database.iotdbDatabase() + ".w1.v WHERE time = -5");
        Tool.Result counted = run("cutover", "--execute", "--yes");
        assertThat(counted.exitCode()).isEqualTo(8);
        assertThat(counted.out()).contains("differ: w: MySQL has").contains("values of v");
        assertAsBefore();

        assertThat(run("verify", "--recheck", "0", "--repair", "--execute").exitCode()).isZero();
        Tool.Result done = run("cutover", "--execute", "--yes");
        assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
        assertThat(switched).exists();
        assertThat(migration.contents()).isEqualTo(migration.copiedNow());
    }

    private Migration stopped() throws Exception {
        writer.stop();
        return migration;
    }

    private void iotdb(String statement) throws Exception {
        try (Session session = database.session()) {
            session.executeNonQueryStatement(statement);
        }
    }

    @Test
    void afterAKillItIsUndoneOrGoesOn() throws Exception {
        abortAfterKillAt("pause writes");
        abortAfterKillAt(BEFORE_THE_SWITCH);
        resumeAfterKillAt("verify");
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillInEachStepItIsUndone() throws Exception {
        for (String step :
                List.of(
                        "preflight",
                        "confirm",
                        "compare beforehand",
                        "pause writes",
                        "note the final position",
                        "drain",
                        "verify",
                        BEFORE_THE_SWITCH)) {
            abortAfterKillAt(step);
        }
        assertNothingIsLost();
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillInTheFirstStepsItGoesOn() throws Exception {
        resumeAfterKillAt("compare beforehand");
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillWhileDrainingItGoesOn() throws Exception {
        resumeAfterKillAt("note the final position");
    }

    @Test
    @EnabledIfSystemProperty(named = "iotdbmigrate.long", matches = "true")
    void afterAKillInTheSwitchItGoesOn() throws Exception {
        resumeAfterKillAt(BEFORE_THE_SWITCH);
    }
}
