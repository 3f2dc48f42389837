package io.iotdbmigrate.random;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Runs {@code cdc}: inside this process, or as the installed tool where it is to be killed. */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Migration migration;
    private final Tool tool;
    private final Path config;
    private final Path state;
    private @Nullable Replication here;
    private @Nullable Process installed;

    /**
     * @param folder for its output; the migration's state folder
     */
    Operator(Migration migration, Path folder) throws IOException {
        this.migration = migration;
        this.tool = new Tool(folder);
        this.config = Files.writeString(folder.resolve("random.yml"), migration.yaml());
        this.state = folder;
    }

    /** Goes on from where the last one came. A start needs both servers: it returns behind it. */
    void start(boolean asInstalled) throws IOException {
        if (asInstalled) {
            installed =
                    tool.start(
                            "cdc", "--config", config.toString(), "--state-dir", state.toString());
        } else {
            here = migration.replicate();
        }
        await(
                () ->
                        here == null
                                ? tool.err().contains("stop ends it with a savepoint")
                                : !here.from().isEmpty());
    }

    /** Waits until further rows are in IoTDB, or all are. */
    void awaitProgress() {
        long before = Replication.appliedRows(migration);
        await(
                () ->
                        Replication.appliedRows(migration) > before
                                || Replication.isAllApplied(migration));
    }

    void awaitAllApplied() {
        await(() -> Replication.isAllApplied(migration));
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            requireRunning();
                            return condition.call();
                        });
    }

    private void requireRunning() throws Exception {
        if (installed != null && !installed.isAlive()) {
            throw new AssertionError("cdc has ended: " + tool.err());
        }
        if (here != null && here.hasEnded()) {
            throw new AssertionError("cdc has ended: " + here.result());
        }
    }

    /** Waits until the replication has stopped by itself, and returns why. */
    String awaitStopped() throws Exception {
        try {
            if (installed != null) {
                Tool.Result result = tool.end(installed);
                if (result.exitCode() != ExitCode.JOB_FAILED.code()) {
                    throw new AssertionError(
                            "exit code " + result.exitCode() + ": " + result.err());
                }
                return result.err();
            }
            throw new AssertionError("it was stopped by somebody: " + here.result());
        } catch (UserException e) {
            return e.getMessage();
        } finally {
            installed = null;
            here = null;
        }
    }

    /** With a savepoint. */
    void stop() throws Exception {
        if (installed != null) {
            Tool.signal(installed, "TERM");
            Tool.Result result = tool.end(installed);
            if (result.exitCode() != 130) {
                throw new AssertionError("exit code " + result.exitCode() + ": " + result.err());
            }
        } else if (here != null) {
            CdcOutcome.Stopped stopped = here.stop();
            if (!stopped.savepoint().contains("savepoint")) {
                throw new AssertionError("no savepoint: " + stopped);
            }
        }
        installed = null;
        here = null;
    }

    void kill() throws InterruptedException {
        if (installed == null) {
            throw new IllegalStateException("only the installed tool can be killed");
        }
        installed.destroyForcibly().waitFor();
        installed = null;
    }

    @Override
    public void close() throws Exception {
        if (installed != null) {
            kill();
        }
        if (here != null) {
            here.close();
        }
    }
}
