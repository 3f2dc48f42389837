package io.iotdbmigrate.flink.cluster;

import static java.util.Objects.requireNonNull;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.FileNotFoundException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Flink inside this process. Jobs are handed over, waited for and asked how far they are directly,
 * all else goes through its REST interface, like with any other cluster.
 */
public final class EmbeddedCluster implements FlinkCluster {
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    private final MiniCluster cluster;
    private final RestClusterClient<String> client;
    private final boolean lent;
    private final Map<JobID, Future<JobResult>> ends = new ConcurrentHashMap<>();

    private EmbeddedCluster(MiniCluster cluster, RestClusterClient<String> client, boolean lent) {
        this.cluster = cluster;
        this.client = client;
        this.lent = lent;
    }

    public static EmbeddedCluster start(int slots) throws Exception {
        return start(slots, 0);
    }

    /**
     * Starts one.
     *
     * @param port see {@link FlinkSettings#localCluster}
     * @throws UserException exit code 2, if the port is taken
     */
    public static EmbeddedCluster start(int slots, int port) throws Exception {
        return start(FlinkSettings.localCluster(slots, port));
    }

    /**
     * Starts one with settings of its own.
     *
     * @param settings made by {@link FlinkSettings#localCluster}
     * @throws UserException exit code 2, if the port is taken
     */
    public static EmbeddedCluster start(Configuration settings) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(settings)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(
                                        settings.get(TaskManagerOptions.NUM_TASK_SLOTS))
                                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            cluster.close();
            if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
                throw new UserException(
                        ExitCode.USAGE,
                        "port "
                                + settings.get(RestOptions.BIND_PORT)
                                + " of this machine is taken; choose another --ui-port",
                        e);
            }
            throw e;
        }
        Configuration access = new Configuration(settings);
        access.set(RestOptions.ADDRESS, "127.0.0.1");
        // The dispatcher may still be electing itself; the default asks again after 3 s only.
        access.set(RestOptions.RETRY_DELAY, Duration.ofMillis(50));
        access.set(RestOptions.RETRY_MAX_ATTEMPTS, 200);
        access.set(RestOptions.PORT, cluster.getRestAddress().get().getPort());
        return new EmbeddedCluster(cluster, new RestClusterClient<>(access, "embedded"), false);
    }

    /**
     * Lends this cluster to one run. Closing what is returned cancels the jobs that were submitted
     * to it and have not ended, and leaves the cluster running.
     */
    EmbeddedCluster lend() {
        return new EmbeddedCluster(cluster, client, true);
    }

    /** Tells whether it takes jobs: it was not closed, and no fatal error has ended it. */
    boolean isRunning() {
        return cluster.isRunning();
    }

    @Override
    public RestClusterClient<String> client() {
        return client;
    }

    /** Does nothing: what this process reaches, its cluster reaches too. */
    @Override
    public void requireReachable(@Nullable String configured) {}

    @Override
    public JobID submit(JobGraph graph) throws Exception {
        JobID job = cluster.submitJob(graph).get().getJobID();
        ends.put(job, cluster.requestJobResult(job));
        return job;
    }

    @Override
    public JobStatus await(JobID job, Duration atMost)
            throws ExecutionException, InterruptedException {
        try {
            requireNonNull(ends.get(job), "a job of another cluster")
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The job goes on.
        }
        return cluster.getJobStatus(job).get();
    }

    /** Reads them here: no two parts of a job have metrics of one name. */
    @Override
    public JobMetrics metrics(JobID job, List<JobVertexID> vertices, String prefix) {
        return LocalMetrics.of(job, prefix);
    }

    /** Returns the fault as it is: there is nothing a person could do about it. */
    @Override
    public Exception lost(JobID job, ExecutionException failure) {
        return failure;
    }

    /** Returns the fault as it is, for here no jar can be missing. */
    @Override
    public Exception missing(String folder, FileNotFoundException failure) {
        return failure;
    }

    @Override
    public void close() throws Exception {
        if (lent) {
            endJobs();
        } else {
            client.close();
            cluster.close();
        }
    }

    private void endJobs() throws Exception {
        for (Map.Entry<JobID, Future<JobResult>> job : ends.entrySet()) {
            if (!job.getValue().isDone()) {
                Cancellation.cancel(client, job.getKey());
                job.getValue().get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }
}
