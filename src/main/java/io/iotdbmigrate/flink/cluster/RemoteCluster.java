package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** A Flink cluster that somebody else runs. */
public final class RemoteCluster implements FlinkCluster {
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int RETRIES = 60;
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE_WITH_BEGIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Set<JobStatus> NOT_BEGUN =
            EnumSet.of(JobStatus.INITIALIZING, JobStatus.CREATED);

    private final ClusterFacts facts;
    private final RestClusterClient<String> client;
    private final JobCode code;

    private RemoteCluster(ClusterFacts facts, RestClusterClient<String> client, JobCode code) {
        this.facts = facts;
        this.client = client;
        this.code = code;
    }

    /**
     * Connects, whether or not there is room for a job.
     *
     * @throws UserException if it does not answer or cannot run our jobs
     */
    public static RemoteCluster connect(ClusterAddress address) throws Exception {
        return connect(address, JobCode.SENT);
    }

    /**
     * Connects, whether or not there is room for a job.
     *
     * @param code how the cluster comes by the code of our jobs
     * @throws UserException if it does not answer or cannot run our jobs
     */
    static RemoteCluster connect(ClusterAddress address, JobCode code) throws Exception {
        ClusterFacts facts = ClusterFacts.of(address);
        facts.requireUsable(EnvironmentInformation.getVersion());
        Configuration access = new Configuration();
        FileSystem.initialize(access, PluginUtils.createPluginManagerFromRootFolder(access));
        access.set(RestOptions.ADDRESS, address.host());
        access.set(RestOptions.PORT, address.port());
        access.set(RestOptions.RETRY_DELAY, RETRY_DELAY);
        access.set(RestOptions.RETRY_MAX_ATTEMPTS, RETRIES);
        return new RemoteCluster(facts, new RestClusterClient<>(access, address.toString()), code);
    }

    void requireFreeSlots(int wanted) {
        facts.requireFreeSlots(wanted);
    }

    public ClusterAddress address() {
        return facts.address();
    }

    @Override
    public RestClusterClient<String> client() {
        return client;
    }

    @Override
    public void requireReachable(@Nullable String configured) {
        CheckpointFolder.requireReachable(configured, address());
    }

    @Override
    public JobID submit(JobGraph graph) throws Exception {
        code.addTo(graph);
        JobID job = client.submitJob(graph).get();
        // A job that only reads has none.
        String folder = graph.getJobConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (folder != null && awaitBegin(job) == JobStatus.RUNNING && !shares(folder, job)) {
            Cancellation.cancel(client, job);
            throw unshared(folder, null);
        }
        return job;
    }

    @Override
    public JobStatus await(JobID job, Duration atMost)
            throws ExecutionException, InterruptedException {
        Thread.sleep(atMost.toMillis());
        return client.getJobStatus(job).get();
    }

    @Override
    public JobMetrics metrics(JobID job, List<JobVertexID> vertices, String prefix) {
        return new RestMetrics(client.getWebInterfaceURL(), job, vertices, prefix);
    }

    private UserException unshared(String folder, @Nullable Throwable cause) {
        return new UserException(
                ExitCode.CONFIG,
                "the Flink cluster at "
                        + address()
                        + " does not share the folder "
                        + folder
                        + " with this machine; set flink.checkpoint_dir to a folder that both"
                        + " reach under one name",
                cause);
    }

    @Override
    public Exception missing(String folder, FileNotFoundException failure) {
        return unshared(folder, failure);
    }

    private JobStatus awaitBegin(JobID job) throws Exception {
        AtomicReference<JobStatus> status = new AtomicReference<>();
        Await.<Exception>until(
                PATIENCE_WITH_BEGIN,
                POLL,
                () -> {
                    status.set(client.getJobStatus(job).get());
                    return !NOT_BEGUN.contains(status.get());
                });
        return status.get();
    }

    /**
     * Tells whether the cluster sees a folder of this machine. The JobManager makes the job's
     * folder before the job runs.
     */
    private static boolean shares(String folder, JobID job) throws IOException {
        Path own = new Path(folder, job.toHexString());
        return own.getFileSystem().exists(own);
    }

    /** Tells whether a cluster has answered that it does not know the job. */
    public static boolean isUnknownJob(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, RestClientException.class)
                .map(e -> e.getHttpResponseStatus().code() == NOT_FOUND)
                .orElse(false);
    }

    @Override
    public Exception lost(JobID job, ExecutionException failure) {
        Throwable cause = ExceptionUtils.stripExecutionException(failure);
        return new UserException(
                ExitCode.JOB_FAILED,
                isUnknownJob(failure)
                        ? "the Flink cluster at "
                                + address()
                                + " no longer knows job "
                                + job
                                + ", as after a restart of its JobManager; run the same command"
                                + " again"
                        : "the Flink cluster at "
                                + address()
                                + " does not answer any more ("
                                + cause.getMessage()
                                + "); job "
                                + job
                                + " may go on there: run the same command again",
                failure);
    }

    @Override
    public void close() {
        client.close();
    }
}
