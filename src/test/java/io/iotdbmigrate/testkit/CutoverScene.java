package io.iotdbmigrate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.Cutover;
import io.iotdbmigrate.cutover.CutoverPorts;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.flink.cluster.SharedCluster;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.cutover.CutoverWiring;
import io.iotdbmigrate.run.cutover.FlinkCdcJob;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.verify.VerifyOptions.RepairMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A migration, an application that writes, and its switch hook. What leads to the cutover is run in
 * this process; the cutover is, too, or it is the installed tool's.
 */
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
    private final List<Replication> replications = new ArrayList<>();
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
        migration.backfill();
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

    /** Starts a command of the installed tool. */
    public Process start(String... command) throws IOException {
        return tool().start(arguments(command));
    }

    /** Runs a command of the installed tool to its end. */
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

    /** Begins to replicate in this process, or goes on; returns when the state folder knows it. */
    public Replication replicate() throws Exception {
        return follow(migration.replicate());
    }

    /** The same on the servers' Flink cluster. */
    public Replication replicateRemotely() throws Exception {
        return follow(migration.replicateRemotely());
    }

    private Replication follow(Replication replication) throws Exception {
        replications.add(replication);
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            if (replication.hasEnded()) {
                                throw new IllegalStateException(
                                        "it ended: " + replication.result());
                            }
                            return isFollowed();
                        });
        // From here on verify finds a replication that runs, and notes what it compared with.
        return replication.awaitSome();
    }

    /** Has the installed tool replicate instead of this process. */
    public void replicateInstalled() throws Exception {
        for (Replication replication : replications) {
            replication.close();
        }
        start("cdc");
        await().atMost(PATIENCE).until(this::isFollowed);
    }

    /** The full one that a cutover begins with, as soon as replication has caught up. */
    public void verify() {
        await().atMost(PATIENCE)
                .until(() -> Verification.run(migration, Verification.options(5)).equal());
    }

    /** Mends what differs. */
    public void repair() throws Exception {
        Verification.run(migration, Verification.options(RepairMode.WRITE_AND_DELETE));
    }

    /** What is done with a cutover. */
    @FunctionalInterface
    public interface Work {
        CutoverReport with(Cutover cutover) throws Exception;
    }

    /** Runs a cutover in this process. */
    public CutoverReport cutover(Work work) throws Exception {
        return cutover(null, Nobody.atAll(), work);
    }

    /**
     * The same.
     *
     * @param cluster where to look for the job if the state folder knows of none; null: nowhere
     */
    public CutoverReport cutover(@Nullable ClusterAddress cluster, Nobody nobody, Work work)
            throws Exception {
        MigrationConfig settings = migration.config();
        StateFolder folder = new StateFolder(state);
        FlinkCdcJob job = new FlinkCdcJob(settings, folder, cluster, this::replicate);
        try (CutoverPorts ports =
                CutoverWiring.ports(
                        settings, nobody, job, SharedCluster.verification(settings, folder, job))) {
            return work.with(new Cutover(settings, ports, nobody, nobody, nobody::ends));
        }
    }

    /** The job as {@code status} finds it. */
    public Optional<MigrationStatus.Job> status() throws Exception {
        return new StatusRun(migration.config(), new StateFolder(state)).read(null).job();
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
        assertThat(migration.contents()).isEqualTo(migration.expected());
    }

    /** Begins a cutover by the installed tool and waits until it has done a step. */
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
        for (Replication replication : replications) {
            if (!replication.hasEnded()) {
                replication.close();
            }
        }
    }
}
