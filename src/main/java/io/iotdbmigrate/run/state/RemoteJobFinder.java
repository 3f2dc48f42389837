package io.iotdbmigrate.run.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.AwayException;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;

/** A finder that finds the job of a migration, wherever it runs. */
public record RemoteJobFinder(MigrationConfig config, StateFolder state) {

    /**
     * Returns the job that the state folder knows of; else one that a cluster has under the
     * migration's name, whoever gave it to that.
     *
     * @param cluster null: only the state folder is looked at
     * @throws UserException if the cluster does not answer
     */
    public Optional<RunningJob> find(@Nullable ClusterAddress cluster) throws Exception {
        Optional<RunningJob> noted = RunningJob.read(state.runningFile());
        if (noted.isPresent()) {
            return noted;
        }
        Optional<RemoteJob> backfill =
                BackfillRunFile.read(state.backfillRunFile()).map(BackfillRunFile::sent);
        if (backfill.isPresent()) {
            RemoteJob sent = backfill.get();
            Instant at = Files.getLastModifiedTime(state.backfillRunFile()).toInstant();
            return Optional.of(
                    new RunningJob(
                            sent.command(), true, 0, "", sent.cluster().url(), sent.job(), at, ""));
        }
        if (cluster == null) {
            return Optional.empty();
        }
        try (RemoteCluster remote = RemoteCluster.connect(cluster)) {
            Optional<RunningJob> replication = find(remote, "cdc");
            return replication.isPresent() ? replication : find(remote, "backfill");
        }
    }

    /** Returns the job of {@link #find(ClusterAddress)} if it replicates. */
    public Optional<RunningJob> findReplication(@Nullable ClusterAddress cluster) throws Exception {
        return find(cluster).filter(job -> job.command().equals("cdc"));
    }

    /** Tells whether the replication that the state folder knows of has ended without a word. */
    public boolean isLost() throws IOException {
        Optional<RunningJob> noted = RunningJob.read(state.runningFile());
        return noted.isPresent() && noted.get().isGone();
    }

    private Optional<RunningJob> find(RemoteCluster cluster, String command)
            throws IOException, InterruptedException {
        try {
            return ask(cluster, command);
        } catch (ExecutionException | IOException e) {
            throw new AwayException(
                    ExitCode.JOB_FAILED,
                    "the Flink cluster at "
                            + cluster.address()
                            + " did not say which jobs it has ("
                            + Causes.message(e)
                            + "); see that its JobManager runs, then start again",
                    e);
        }
    }

    private Optional<RunningJob> ask(RemoteCluster cluster, String command)
            throws ExecutionException, InterruptedException, IOException {
        Optional<JobStatusMessage> found =
                cluster.client().listJobs().get().stream()
                        .filter(job -> !job.getJobState().isGloballyTerminalState())
                        .filter(job -> job.getJobName().equals(name(command)))
                        .max(Comparator.comparingLong(JobStatusMessage::getStartTime));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String url = cluster.address().url();
        String job = found.get().getJobId().toHexString();
        return Optional.of(
                new RunningJob(
                        command,
                        true,
                        0,
                        "",
                        url,
                        job,
                        Instant.ofEpochMilli(found.get().getStartTime()),
                        savepoints(new JobPages(url, job))));
    }

    private String name(String command) {
        return "iotdb-migrate " + command + " " + config.name();
    }

    /**
     * Returns the folder of savepoints, beside the folder of its checkpoints, as all our jobs have
     * them; empty if it has none.
     */
    private static String savepoints(JobPages pages) throws IOException, InterruptedException {
        JsonNode checkpoint = pages.get("/checkpoints").at("/latest/completed/external_path");
        return checkpoint.isTextual()
                ? new Path(checkpoint.asText()).getParent().getParent() + "/savepoints"
                : "";
    }

    /**
     * Refuses a second one. Two replications of one migration would each write what the other one
     * has.
     *
     * @throws UserException if the cluster has one of this migration's name
     */
    public void requireNoReplication(RemoteCluster cluster) throws Exception {
        Optional<RunningJob> other = find(cluster, "cdc");
        if (other.isPresent()) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "there is a replication of "
                            + config.name()
                            + " already, as "
                            + other.get().where()
                            + ", which was not started with this state folder; end it with"
                            + " iotdb-migrate stop --remote "
                            + cluster.address());
        }
    }

    /**
     * Refuses a backfill beside one. A backfill puts older values over those that replication
     * brings meanwhile.
     *
     * @throws UserException if this state folder's replication runs on a remote cluster
     */
    public void requireNoReplication() throws Exception {
        Optional<RemoteJob> sent = RunningJob.read(state.runningFile()).flatMap(RunningJob::sent);
        if (sent.isPresent() && sent.get().runs(remedy())) {
            throw beside(sent.get());
        }
    }

    /**
     * @throws UserException if this state folder's backfill runs on a remote cluster
     */
    public void requireNoBackfill(Journal journal) throws Exception {
        Optional<BackfillRunFile> file = BackfillRunFile.read(state.backfillRunFile());
        if (file.isEmpty()
                || BackfillJournal.finished(journal.entries(), file.get().runId()).isPresent()) {
            return;
        }
        Optional<RemoteJob> sent = file.map(BackfillRunFile::sent);
        if (sent.isPresent() && sent.get().runs("remove " + state.backfillRunFile())) {
            throw beside(sent.get());
        }
    }

    /** Returns what to do about a replication whose cluster is gone for good. */
    public String remedy() {
        return "remove " + state.runningFile() + " and try again";
    }

    private static UserException beside(RemoteJob sent) {
        return new UserException(
                ExitCode.JOB_FAILED,
                "the "
                        + sent.command()
                        + " of this migration runs as "
                        + sent
                        + "; wait for its end, or end it with iotdb-migrate stop");
    }
}
