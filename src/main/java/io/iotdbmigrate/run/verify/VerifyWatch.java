package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.flink.backfill.BackfillMetrics;
import io.iotdbmigrate.flink.cluster.Cancellation;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.JobFailure;
import io.iotdbmigrate.flink.cluster.JobMetrics;
import io.iotdbmigrate.flink.verify.VerifyGraphs;
import io.iotdbmigrate.flink.verify.VerifyMetrics;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;

/** A watch that submits a job of a comparison and stays with it to its end. */
final class VerifyWatch {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS_PER_PROGRESS = 20;

    private final FlinkCluster cluster;
    private final RestClusterClient<?> client;
    private final VerifySpec spec;
    private final VerifyListener listener;

    VerifyWatch(FlinkCluster cluster, VerifySpec spec, VerifyListener listener) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.spec = spec;
        this.listener = listener;
    }

    /**
     * Runs the job.
     *
     * @return whether it finished; otherwise a stop was requested
     */
    boolean untilEnd(JobGraph graph) throws Exception {
        JobID job = cluster.submit(graph);
        try {
            return poll(job, graph);
        } catch (ExecutionException e) {
            throw cluster.lost(job, e);
        }
    }

    private boolean poll(JobID job, JobGraph graph) throws Exception {
        JobMetrics mysql = metrics(graph, job, VerifyGraphs.READ_MYSQL, BackfillMetrics.PREFIX);
        JobMetrics iotdb = metrics(graph, job, VerifyGraphs.READ_IOTDB, VerifyMetrics.PREFIX);
        boolean stopping = false;
        boolean restarting = false;
        for (int poll = 1; ; poll++) {
            JobStatus status = cluster.await(job, POLL);
            if (status.isGloballyTerminalState()) {
                return end(job, status);
            }
            if (status == JobStatus.RESTARTING && !restarting) {
                listener.note("reading failed and begins anew");
            }
            restarting = status == JobStatus.RESTARTING;
            if (listener.stopRequested() && !stopping) {
                stopping = true;
                Cancellation.cancel(client, job);
            }
            if (poll % POLLS_PER_PROGRESS == 0 && status == JobStatus.RUNNING) {
                listener.progress(progress(mysql.read(), iotdb.read()));
            }
        }
    }

    private JobMetrics metrics(JobGraph graph, JobID job, String vertexName, String prefix)
            throws IOException {
        for (JobVertex vertex : graph.getVertices()) {
            if (vertex.getName().contains(vertexName)) {
                return cluster.metrics(job, List.of(vertex.getID()), prefix);
            }
        }
        throw new IOException("the job has no vertex " + vertexName);
    }

    private VerifyProgress progress(Map<String, Long> mysql, Map<String, Long> iotdb) {
        List<VerifyProgress.Table> tables = new ArrayList<>();
        for (int i = 0; i < spec.units().size(); i++) {
            List<Integer> mappings = spec.units().get(i).mappings();
            tables.add(
                    new VerifyProgress.Table(
                            spec.rules(i).name(),
                            mappings.stream()
                                    .mapToLong(m -> mysql.getOrDefault(BackfillMetrics.rows(m), 0L))
                                    .sum(),
                            iotdb.getOrDefault(VerifyMetrics.rows(i), 0L),
                            mappings.stream()
                                    .mapToLong(m -> spec.source().tables().get(m).estimatedRows())
                                    .sum()));
        }
        return new VerifyProgress(tables);
    }

    private boolean end(JobID job, JobStatus status) throws Exception {
        if (status == JobStatus.FAILED) {
            throw ReadFailure.explain(JobFailure.of(client, job, status), spec.source());
        }
        return status == JobStatus.FINISHED;
    }
}
