package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code cdc} in a process that stays when this one ends. */
public final class CdcProcess implements LocalStart {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path configFile;
    private final StateFolder state;

    /**
     * @param configFile absolute
     */
    public CdcProcess(Path configFile, StateFolder state) {
        this.configFile = configFile;
        this.state = state;
    }

    /** Starts the process. It goes on from the newest savepoint or checkpoint by itself. */
    @Override
    public void start() throws Exception {
        File output = state.path().resolve("cdc-resumed.txt").toFile();
        Process process =
                new ProcessBuilder(command())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        AtomicBoolean runs = new AtomicBoolean();
        Await.<Exception>until(
                PATIENCE,
                POLL,
                () -> {
                    runs.set(isRunBy(process));
                    return runs.get() || !process.isAlive();
                });
        if (!runs.get()) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "cdc could not be started again, see "
                            + output
                            + "; start it with iotdb-migrate cdc --config "
                            + configFile);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.iotdbmigrate.Main",
                        "cdc",
                        "--config",
                        configFile.toString(),
                        "--state-dir",
                        state.path().toString(),
                        "--plain"));
        return command;
    }

    private boolean isRunBy(Process process) throws Exception {
        return RunningJob.read(state.runningFile())
                .filter(job -> job.pid() == process.pid())
                .isPresent();
    }
}
