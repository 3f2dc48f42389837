package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.JobFailure;
import io.iotdbmigrate.flink.cluster.JobMetrics;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestartReasons;
import io.iotdbmigrate.flink.cluster.RestartReasons.Reason;
import io.iotdbmigrate.flink.cluster.StopWithSavepoint;
import io.iotdbmigrate.flink.io.RejectedFiles;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.model.AwaitedServer;
import io.iotdbmigrate.model.Causes;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.state.RunningJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch that stays with a replication job until it stops. */
final class CdcWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CdcWatch.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int CALM_POLLS = 40;

    private final FlinkCluster cluster;
    private final RestClusterClient<?> client;
    private final CdcListener listener;
    private final AppliedPoll appliedPoll;
    private final String savepoints;
    private final RejectedFiles rejectedFiles;
    private final Set<String> toldOf = new HashSet<>();
    private @Nullable JobStatus lastStatus;
    private @Nullable String lastReason;
    private @Nullable String lastAwaited;
    private int restarts;

    /** How many polls are left in which the cluster may tell why the job restarts. */
    private int reasonOwed;

    /** When the restart was that was told of last. */
    private long reasonAt;

    private int calmPolls;
    private @Nullable JobMetrics metrics;

    /** Begins to watch. Rows that an earlier process has told of are not told of again. */
    CdcWatch(
            FlinkCluster cluster, CdcListener listener, AppliedPoll appliedPoll, RunningJob running)
            throws IOException {
        this.cluster = cluster;
        this.client = cluster.client();
        this.listener = listener;
        this.appliedPoll = appliedPoll;
        this.savepoints = running.savepoints();
        this.rejectedFiles = new RejectedFiles(running.workDir());
        rejectedFiles.news(toldOf);
    }

    /**
     * The end of a job.
     *
     * @param requestedHere whether this process asked for it
     */
    record End(JobStatus status, boolean requestedHere) {}

    /** Watches until the job has ended, well or not. */
    End untilEnd(JobID job) throws Exception {
        try {
            return poll(job);
        } catch (ExecutionException e) {
            throw cluster.lost(job, e);
        }
    }

    private End poll(JobID job) throws Exception {
        CompletableFuture<Optional<String>> savepoint = null;
        Optional<CdcJournal.Applied> applied = Optional.empty();
        reasonAt = newestReason(job).map(Reason::at).orElse(0L);
        long pollsPerProgress = pollsPer(listener.progressInterval());
        long pollsPerPosition = pollsPer(listener.positionInterval());
        for (long poll = 0; ; poll++) {
            JobStatus status = cluster.await(job, POLL);
            if (status.isGloballyTerminalState()) {
                if (savepoint != null && isStop(status)) {
                    // Until its answer was fetched, the cluster waits with its end.
                    savepoint.get();
                }
                return new End(status, savepoint != null);
            }
            tellTrouble(job, status);
            if (listener.stopRequested() && savepoint == null) {
                savepoint =
                        StopWithSavepoint.stop(client, job, savepoints, listener.stopPatience());
            }
            requireTaken(savepoint);
            if (poll % pollsPerPosition == 0) {
                applied = appliedPoll.ask();
                appliedPoll.takeNames().forEach(change -> listener.note(change.toString()));
            }
            if (poll % pollsPerProgress == 0) {
                CdcProgress progress = progress(job, status, applied);
                listener.progress(progress);
                tellAwaited(progress.awaited());
                tellRejected(progress.rejected());
            }
        }
    }

    private Optional<Reason> newestReason(JobID job) {
        return RestartReasons.newest(new JobPages(client.getWebInterfaceURL(), job.toHexString()));
    }

    /** Says why the job restarts. The cluster tells that some seconds late, or never. */
    private void tellReason(JobID job) {
        Optional<Reason> newest = newestReason(job).filter(reason -> reason.at() > reasonAt);
        if (newest.isEmpty() && --reasonOwed > 0) {
            return;
        }
        reasonOwed = 0;
        reasonAt = newest.map(Reason::at).orElse(reasonAt);
        if (newest.filter(Reason::planned).isPresent()) {
            listener.note(newest.get().sentence());
            return;
        }
        restarts++;
        String reason = newest.map(Reason::sentence).orElse("why is in the log");
        if (!reason.equals(lastReason)) {
            lastReason = reason;
            listener.note(
                    "the job failed and goes on from its last checkpoint as soon as it can: "
                            + reason);
        }
    }

    private static long pollsPer(Duration interval) {
        return Math.max(1, interval.dividedBy(POLL));
    }

    /**
     * Says once for each reason that there is trouble, and once that it is over: a job may fail
     * again and again.
     */
    private void tellTrouble(JobID job, JobStatus status) {
        if (status == JobStatus.RESTARTING && lastStatus != JobStatus.RESTARTING) {
            reasonOwed = CALM_POLLS;
        }
        lastStatus = status;
        if (reasonOwed > 0) {
            tellReason(job);
        }
        if (status != JobStatus.RUNNING) {
            calmPolls = 0;
        } else if (lastReason != null && ++calmPolls >= CALM_POLLS) {
            listener.note(
                    "the job runs again"
                            + (restarts == 1 ? "" : ", after " + restarts + " restarts"));
            lastReason = null;
            restarts = 0;
        }
    }

    /** Says once that a server does not answer, and once that it does again. */
    private void tellAwaited(Optional<AwaitedServer> awaited) {
        String name = awaited.map(AwaitedServer::name).orElse(null);
        if (!Objects.equals(name, lastAwaited)) {
            listener.note(
                    awaited.map(server -> "cdc waits for " + server)
                            .orElse("cdc does not wait for " + lastAwaited + " any more"));
            lastAwaited = name;
        }
    }

    /** Tells of rejected rows. While no more are counted than have been told of, nobody looks. */
    private void tellRejected(long count) {
        if (count > toldOf.size()) {
            try {
                rejectedFiles.news(toldOf).forEach(row -> listener.note("rejected " + row));
            } catch (IOException e) {
                LOG.warn("which rows were rejected could not be read", e);
            }
        }
    }

    /** Throws what made a savepoint fail. A savepoint that failed leaves the job running. */
    private static void requireTaken(@Nullable CompletableFuture<Optional<String>> savepoint)
            throws InterruptedException {
        if (savepoint == null || !savepoint.isCompletedExceptionally()) {
            return;
        }
        try {
            savepoint.get();
        } catch (ExecutionException e) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the replication could not be stopped with a savepoint ("
                            + Causes.message(e)
                            + "); start it again to go on from its last checkpoint, or to follow it"
                            + " where it runs on a cluster",
                    e);
        }
    }

    private CdcProgress progress(JobID job, JobStatus status, Optional<CdcJournal.Applied> applied)
            throws ExecutionException, IOException, InterruptedException {
        Optional<JobMetrics> known = status == JobStatus.RUNNING ? metrics(job) : Optional.empty();
        Map<String, Long> values = known.isPresent() ? known.get().read() : Map.of();
        return new CdcProgress(
                status.name(),
                values.getOrDefault(CdcMetrics.EVENTS, 0L),
                values.getOrDefault(CdcMetrics.REJECTED, 0L),
                values.getOrDefault(CdcMetrics.READ_DELAY, 0L),
                applied,
                CdcMetrics.awaited(values, Instant.now()));
    }

    /**
     * Reads the metrics. A job that has begun to run says what its parts are, some seconds late:
     * the cluster answers from what it remembers.
     */
    private Optional<JobMetrics> metrics(JobID job)
            throws ExecutionException, InterruptedException {
        if (metrics == null) {
            List<JobVertexID> vertices =
                    client.getJobDetails(job).get().getJobVertexInfos().stream()
                            .map(vertex -> vertex.getJobVertexID())
                            .toList();
            metrics = vertices.isEmpty() ? null : cluster.metrics(job, vertices, CdcMetrics.PREFIX);
        }
        return Optional.ofNullable(metrics);
    }

    /** Tells whether a job was stopped: one that does not run is cancelled. */
    private static boolean isStop(JobStatus status) {
        return status == JobStatus.FINISHED || status == JobStatus.CANCELED;
    }

    /**
     * @throws UserException if it did not end as {@code stop} and Ctrl-C end it
     */
    void requireStopped(JobID job, JobStatus status) throws Exception {
        if (!isStop(status)) {
            throw JobFailure.explain(JobFailure.of(client, job, status));
        }
    }
}
