package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A migration that the installed tool does, an application that writes, and its switch hook. */
public final class CutoverScene implements AutoCloseable {
    /** The step that the switch hook follows. */
    public static final String BEFORE_THE_SWITCH = "stop CDC";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MARK = "[x] ";

    private final TestDatabase database;
    private final Path folder;
    private final Migration migration;
    private final Path config;
    private final Writer writer;
    private Path state;
    private int runs;

    /** Begins to write, and copies the table. */
    public CutoverScene(TestDatabase database, Path folder) throws Exception {
        this.database = database;
        this.folder = folder;
        this.state = folder.resolve("state");
        Path hook = folder.resolve("switch.sh");
        Files.writeString(
                hook,
                """
                #!/bin/sh
                touch '%s'
                while [ -e '%s' ]; do sleep 0.1; done
                [ -e '%s' ] && exit 3
                touch '%s'
                """
                        .formatted(begun(), held(), failing(), switched()));
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        migration =
                new Migration(
                        database,
                        state,
                        Writer.mapping(),
                        "flink: {checkpoint_interval: 1s, checkpoint_dir: '"
                                + folder.resolve("checkpoints").toUri()
                                + "'}\ncutover: {pause: super_read_only, max_lag: 120s, hooks:"
                                + " {switch: "
                                + hook
                                + "}}");
        config = Files.writeString(folder.resolve("plant.yml"), migration.yaml());
        writer = Writer.start(database, 50);
        assertThat(run("backfill").exitCode()).isZero();
    }

    public Migration migration() {
        return migration;
    }

    /** Where the hook waits while this file is there, so that a kill meets it. */
    private Path held() {
        return folder.resolve("held");
    }

    /** The hook fails while this file is there. */
    public Path failing() {
        return folder.resolve("failing");
    }

    /** What the hook makes first. */
    private Path begun() {
        return folder.resolve("begun");
    }

    /** What the hook leaves. */
    public Path switched() {
        return folder.resolve("switched");
    }

    /** From here on, commands have a state folder that knows of nothing. */
    public void moveElsewhere() {
        state = folder.resolve("state-" + runs);
    }

    /** Each run has a folder of its own for its output. */
    private Tool tool() throws IOException {
        return new Tool(Files.createDirectory(folder.resolve("run-" + ++runs)));
    }

    private String[] arguments(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.of("--config", config.toString(), "--state-dir", state.toString()))
                .toArray(String[]::new);
    }

    /** Starts a command. */
    public Process start(String... command) throws IOException {
        return tool().start(arguments(command));
    }

    /** Runs a command to its end. */
    public Tool.Result run(String... command) throws Exception {
        return tool().run(arguments(command));
    }

    /** Where the state folder knows that cdc runs. */
    public JsonNode cdc() throws IOException {
        return new JsonMapper().readTree(Files.readString(state.resolve("running.json")));
    }

    /** Whether it knows that. */
    public boolean isFollowed() {
        return Files.exists(state.resolve("running.json"));
    }

    /** The full one that a cutover begins with. */
    public void verify() throws Exception {
        Tool.Result result = run("verify");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    /** MySQL takes writes, and the hook has not run. */
    public void assertNotSwitched() throws Exception {
        database.execute(
                "CREATE TABLE IF NOT EXISTS other (id INT)", "INSERT INTO other VALUES (1)");
        assertThat(switched()).doesNotExist();
    }

    /** Ends the writing, and waits until everything is applied by whatever cdc runs. */
    public void assertNothingIsLost() throws Exception {
        stopWriting();
        Replication.awaitAppliedSomewhere(migration);
        assertEqual();
    }

    public void stopWriting() throws Exception {
        writer.stop();
    }

    public void assertEqual() throws Exception {
        assertThat(migration.contents()).isEqualTo(migration.copiedNow());
    }

    /** Begins a cutover and waits until it has done a step. */
    public Process cutoverUntil(String step, String... more) throws Exception {
        Tool tool = tool();
        List<String> command =
                Stream.concat(
                                Stream.of("cutover", "--execute", "--yes", "--plain"),
                                Stream.of(more))
                        .toList();
        Process process = tool.start(arguments(command.toArray(String[]::new)));
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(tool.err()).isTrue();
                            return tool.err().contains(MARK + step);
                        });
        return process;
    }

    /** Kills a cutover that has done a step; in the hook, if that is the last one before it. */
    public void killAt(String step, String... more) throws Exception {
        Files.createFile(held());
        Files.deleteIfExists(begun());
        Process cutover = cutoverUntil(step, more);
        if (step.equals(BEFORE_THE_SWITCH)) {
            await().atMost(PATIENCE).until(() -> Files.exists(begun()));
        }
        cutover.destroyForcibly().waitFor();
        Files.delete(held());
    }

    @Override
    public void close() throws Exception {
        database.execute("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
        writer.close();
    }
}
