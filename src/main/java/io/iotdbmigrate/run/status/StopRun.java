package io.iotdbmigrate.run.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestClients;
import io.iotdbmigrate.flink.cluster.StopWithSavepoint;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.backfill.BackfillWatch;
import io.iotdbmigrate.run.cdc.AdoptedRun;
import io.iotdbmigrate.run.cdc.CdcCleanup;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.jspecify.annotations.Nullable;

/** A run that stops the job of a migration from another process. */
public final class StopRun {
    private static final long PATIENCE_SECONDS = 300;

    private final MigrationConfig config;
    private final StateFolder state;

    public StopRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * Stops a replication with a savepoint, a backfill on a remote cluster at a checkpoint.
     *
     * @param cluster where to look for the job if the state folder knows of none; the next
     *     replication of this state folder resumes one that is found there
     * @return empty if nothing runs
     * @throws UserException exit code 6, if it runs but cannot be stopped
     */
    public Optional<StoppedJob> stop(@Nullable ClusterAddress cluster) throws Exception {
        boolean known = Files.exists(state.runningFile());
        Optional<RunningJob> found = new RemoteJobFinder(config, state).find(cluster);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RunningJob running = found.get();
        return running.remote() ? stopRemote(running, known) : stopLocal(running);
    }

    private Optional<StoppedJob> stopLocal(RunningJob running) throws Exception {
        if (running.isGone()) {
            // It was killed; its checkpoints are what the next run goes on from.
            Files.deleteIfExists(state.runningFile());
            return Optional.empty();
        }
        try (RestClusterClient<String> client = RestClients.open(running.rest())) {
            return Optional.of(new StoppedJob(running.command(), save(client, running)));
        }
    }

    private Optional<StoppedJob> stopRemote(RunningJob running, boolean known) throws Exception {
        boolean replicates = running.command().equals("cdc");
        String remedy = "remove " + (replicates ? state.runningFile() : state.backfillRunFile());
        if (!running.sent().orElseThrow().runs(remedy)) {
            if (replicates) {
                tidy(running);
            }
            return Optional.empty();
        }
        try (RestClusterClient<String> client = RestClients.open(running.rest())) {
            if (!replicates) {
                return Optional.of(new StoppedJob("backfill", cancel(client, running)));
            }
            Optional<String> place = save(client, running);
            client.requestJobResult(JobID.fromHexString(running.job()))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!known) {
                new AdoptedRun(config, state).adopt(running.savepoints());
            }
            tidy(running);
            return Optional.of(new StoppedJob("cdc", place));
        }
    }

    private static Optional<String> cancel(RestClusterClient<String> client, RunningJob running)
            throws Exception {
        BackfillWatch.stop(client, JobID.fromHexString(running.job()));
        JsonNode newest =
                new JobPages(running.rest(), running.job())
                        .get("/checkpoints")
                        .at("/latest/completed/external_path");
        return newest.isTextual() ? Optional.of(newest.asText()) : Optional.empty();
    }

    private Optional<String> save(RestClusterClient<String> client, RunningJob running)
            throws InterruptedException {
        String folder = running.savepoints().isEmpty() ? null : running.savepoints();
        try {
            return StopWithSavepoint.stop(
                            client,
                            JobID.fromHexString(running.job()),
                            folder,
                            StopWithSavepoint.PATIENCE)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the "
                            + running.command()
                            + " that runs as "
                            + running.where()
                            + " could not be stopped through "
                            + running.rest()
                            + " ("
                            + Causes.message(e)
                            + "); it may be restarting: see iotdb-migrate status, and try again",
                    e);
        }
    }

    private void tidy(RunningJob ended) throws IOException {
        try (Journal journal = journal()) {
            CdcCleanup.run(ended, state, journal);
        }
    }

    private Journal journal() {
        return Journal.of(config);
    }
}
