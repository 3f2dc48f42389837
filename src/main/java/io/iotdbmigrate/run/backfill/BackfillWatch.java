package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.flink.backfill.BackfillMetrics;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.cluster.Cancellation;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.JobFailure;
import io.iotdbmigrate.flink.cluster.JobMetrics;
import io.iotdbmigrate.flink.cluster.JobPages;
import io.iotdbmigrate.flink.cluster.RestartReasons;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch that stays with a backfill job to its end. */
public final class BackfillWatch {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillWatch.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final FlinkCluster cluster;
    private final RestClusterClient<?> client;
    private final BackfillSpec spec;
    private final BackfillListener listener;

    BackfillWatch(FlinkCluster cluster, BackfillSpec spec, BackfillListener listener) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.spec = spec;
        this.listener = listener;
    }

    /**
     * Waits.
     *
     * @param source the vertex that has the progress
     * @return FINISHED, or CANCELED if a stop was requested
     */
    JobStatus untilEnd(JobID job, JobVertexID source) throws Exception {
        try {
            return poll(job, source);
        } catch (ExecutionException e) {
            throw cluster.lost(job, e);
        }
    }

    private JobStatus poll(JobID job, JobVertexID source) throws Exception {
        JobMetrics metrics = cluster.metrics(job, List.of(source), BackfillMetrics.PREFIX);
        boolean stopping = false;
        boolean restarting = false;
        long pollsPerProgress = Math.max(1, listener.progressInterval().dividedBy(POLL));
        for (long poll = 1; ; poll++) {
            JobStatus status = cluster.await(job, POLL);
            if (status.isGloballyTerminalState()) {
                return end(job, status);
            }
            if (status == JobStatus.RESTARTING && !restarting) {
                listener.note(
                        "the job failed and is restarting from its last checkpoint"
                                + RestartReasons.newest(
                                                new JobPages(
                                                        client.getWebInterfaceURL(),
                                                        job.toHexString()))
                                        .map(reason -> ": " + reason.sentence())
                                        .orElse("; why is in the log"));
            }
            restarting = status == JobStatus.RESTARTING;
            if (listener.stopRequested() && !stopping) {
                stopping = true;
                stop(client, job);
            }
            if (poll % pollsPerProgress == 0 && status == JobStatus.RUNNING) {
                progress(metrics).ifPresent(listener::progress);
            }
        }
    }

    /** Reads the progress; empty until the job has made its metrics known for the first time. */
    private Optional<BackfillProgress> progress(JobMetrics metrics) throws IOException {
        Map<String, Long> values = metrics.read();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<BackfillProgress.Table> tables = new ArrayList<>();
        for (int i = 0; i < spec.tables().size(); i++) {
            Table table = spec.tables().get(i);
            long rows =
                    values.getOrDefault(BackfillMetrics.rows(i), 0L)
                            + values.getOrDefault(BackfillMetrics.restoredRows(i), 0L);
            tables.add(new BackfillProgress.Table(table.name(), rows, table.estimatedRows()));
        }
        return Optional.of(new BackfillProgress(tables, WorkShare.of(values)));
    }

    /**
     * Stops the job. A last checkpoint keeps what was done since the one before; without it the run
     * is only a little shorter.
     */
    public static void stop(RestClusterClient<?> client, JobID job)
            throws InterruptedException, ExecutionException {
        try {
            client.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
        } catch (ExecutionException e) {
            LOG.warn("no last checkpoint before the stop", e);
        }
        Cancellation.cancel(client, job);
    }

    private JobStatus end(JobID job, JobStatus status) throws Exception {
        if (status == JobStatus.FAILED) {
            throw JobFailure.explain(JobFailure.of(client, job, status));
        }
        return status;
    }
}
