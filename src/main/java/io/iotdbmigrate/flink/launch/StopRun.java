package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;

/** Stops the job of a state folder from another process. */
public final class StopRun {
    private static final long PATIENCE_SECONDS = 300;

    private final StateFolder state;

    public StopRun(StateFolder state) {
        this.state = state;
    }

    /**
     * Stops a replication with a savepoint.
     *
     * @return the savepoint's URI; empty if nothing runs
     * @throws UserException exit code 6, if it runs but cannot be stopped
     */
    public Optional<String> stop() throws Exception {
        Optional<RunningJob> found = RunningJob.read(state.runningFile());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RunningJob running = found.get();
        boolean here = running.host().equals(java.net.InetAddress.getLocalHost().getHostName());
        if (here && ProcessHandle.of(running.pid()).isEmpty()) {
            // It was killed; its checkpoints are what the next run goes on from.
            Files.deleteIfExists(state.runningFile());
            return Optional.empty();
        }
        try (RestClusterClient<String> client = client(running)) {
            return Optional.of(
                    client.stopWithSavepoint(
                                    JobID.fromHexString(running.job()),
                                    false,
                                    running.savepoints(),
                                    SavepointFormatType.CANONICAL)
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException | IOException e) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the "
                            + running.command()
                            + " of process "
                            + running.pid()
                            + " on "
                            + running.host()
                            + " could not be stopped through "
                            + running.rest()
                            + " ("
                            + reason(e)
                            + "); it may be restarting: see iotdb-migrate status, and try again",
                    e);
        }
    }

    /** Speaks to the cluster of a running job; the caller closes it. */
    static RestClusterClient<String> client(RunningJob running) throws Exception {
        URI rest = URI.create(running.rest());
        Configuration access = new Configuration();
        access.set(RestOptions.ADDRESS, rest.getHost());
        access.set(RestOptions.PORT, rest.getPort());
        return new RestClusterClient<>(access, "iotdb-migrate");
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
