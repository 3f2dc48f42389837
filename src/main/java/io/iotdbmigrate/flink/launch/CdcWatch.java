package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.flink.CdcJournal;
import io.iotdbmigrate.flink.CdcMetrics;
import io.iotdbmigrate.iotdb.Journal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stays with a replication job until it stops. */
final class CdcWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CdcWatch.class);
    private static final long POLL_MILLIS = 250;
    private static final int POLLS_PER_PROGRESS = 4;
    private static final int POLLS_PER_POSITION = 20;
    private static final int CALM_POLLS = 40;

    private final RestClusterClient<?> client;
    private final CdcListener listener;
    private final Journal journal;
    private final String savepoints;
    private boolean troubled;
    private int calmPolls;

    CdcWatch(
            RestClusterClient<?> client, CdcListener listener, Journal journal, String savepoints) {
        this.client = client;
        this.listener = listener;
        this.journal = journal;
        this.savepoints = savepoints;
    }

    /**
     * Watches until the job has stopped with a savepoint.
     *
     * @return whether this process asked for it
     */
    boolean untilStopped(JobID job, JobGraph graph) throws Exception {
        JobMetrics metrics =
                new JobMetrics(
                        client.getWebInterfaceURL(),
                        job,
                        graph.getVerticesSortedTopologicallyFromSources().get(0).getID(),
                        CdcMetrics.PREFIX);
        CompletableFuture<String> savepoint = null;
        Optional<CdcJournal.Applied> applied = Optional.empty();
        for (int poll = 0; ; poll++) {
            JobStatus status = client.getJobStatus(job).get();
            if (status.isGloballyTerminalState()) {
                requireStopped(job, status);
                if (savepoint != null) {
                    // Until its answer was fetched, the cluster waits with its end.
                    savepoint.get();
                }
                return savepoint != null;
            }
            tellTrouble(status);
            if (listener.stopRequested() && savepoint == null) {
                savepoint =
                        client.stopWithSavepoint(
                                job, false, savepoints, SavepointFormatType.CANONICAL);
            }
            requireTaken(savepoint);
            if (poll % POLLS_PER_POSITION == 0) {
                applied = applied(applied);
            }
            if (poll % POLLS_PER_PROGRESS == 0) {
                listener.progress(progress(status, metrics, applied));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * Says once that there is trouble, and once that it is over: a job may fail again and again.
     */
    private void tellTrouble(JobStatus status) {
        if (status != JobStatus.RUNNING) {
            calmPolls = 0;
            if (!troubled && (status == JobStatus.RESTARTING || status == JobStatus.FAILING)) {
                troubled = true;
                listener.note(
                        "the job failed and goes on from its last checkpoint as soon as it can;"
                                + " why is in the log");
            }
        } else if (troubled && ++calmPolls >= CALM_POLLS) {
            troubled = false;
            listener.note("the job runs again");
        }
    }

    /** For display only: where IoTDB is away, the last one known. */
    private Optional<CdcJournal.Applied> applied(Optional<CdcJournal.Applied> last) {
        try {
            return CdcJournal.read(journal);
        } catch (IOException e) {
            LOG.warn("how far the replication is could not be read", e);
            return last;
        }
    }

    /** A savepoint that failed leaves the job running; it says why. */
    private static void requireTaken(@Nullable CompletableFuture<String> savepoint)
            throws ExecutionException, InterruptedException {
        if (savepoint != null && savepoint.isCompletedExceptionally()) {
            savepoint.get();
        }
    }

    private static CdcProgress progress(
            JobStatus status, JobMetrics metrics, Optional<CdcJournal.Applied> applied)
            throws IOException, InterruptedException {
        Map<String, Long> values = metrics.read();
        return new CdcProgress(
                status.name(),
                values.getOrDefault(CdcMetrics.EVENTS, 0L),
                values.getOrDefault(CdcMetrics.REJECTED, 0L),
                values.getOrDefault(CdcMetrics.READ_DELAY, 0L),
                applied);
    }

    private void requireStopped(JobID job, JobStatus status) throws Exception {
        if (status != JobStatus.FINISHED) {
            JobResult result = client.requestJobResult(job).get();
            Throwable failure =
                    result.getSerializedThrowable()
                            .map(Throwable.class::cast)
                            .orElseGet(() -> new IOException("the job was " + status));
            LOG.error("the job failed", failure);
            throw JobFailure.explain(failure);
        }
    }
}
