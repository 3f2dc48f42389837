package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that takes our jobs: one inside this process, or one that runs elsewhere. Closing ends
 * the one and only lets go of the other. One that is lent only ends the jobs it was given.
 */
public sealed interface FlinkCluster extends AutoCloseable permits EmbeddedCluster, RemoteCluster {

    /**
     * Starts or connects with a cluster that can run a job now.
     *
     * @param remote null: inside this process
     * @param slots the job's highest parallelism
     * @param uiPort of this machine, for the Web UI of the one inside this process; 0: any that is
     *     free
     * @throws UserException if the remote one does not answer, is of another Flink minor version,
     *     has too old a Java, or too few free slots; if the port is taken
     */
    static FlinkCluster open(@Nullable ClusterAddress remote, int slots, int uiPort)
            throws Exception {
        if (remote == null) {
            return EmbeddedCluster.start(slots, uiPort);
        }
        RemoteCluster cluster = RemoteCluster.connect(remote);
        cluster.requireFreeSlots(slots);
        return cluster;
    }

    /** Opens a client for what is asked seldom: each call goes over a connection of its own. */
    RestClusterClient<?> client();

    /**
     * Makes sure that the cluster may reach the folder of checkpoints, as far as that can be known
     * before a job runs.
     *
     * @param configured {@code flink.checkpoint_dir}; null is the state folder of this machine
     * @throws UserException if it cannot
     */
    void requireReachable(@Nullable String configured);

    /**
     * Hands over a job, with the code that the cluster does not have.
     *
     * @return its id, which is that of the graph
     */
    JobID submit(JobGraph graph) throws Exception;

    /**
     * Waits for the end of a job, but no longer than a while.
     *
     * @param job one that was submitted here; a remote cluster has those of earlier calls, too
     * @param atMost how long; from a remote cluster the end is not heard any sooner
     * @return the job's state then
     * @throws ExecutionException if it cannot be asked for, see {@link #lost}
     */
    JobStatus await(JobID job, Duration atMost) throws ExecutionException, InterruptedException;

    /**
     * Returns what parts of a job say of themselves.
     *
     * @param vertices the parts
     * @param prefix of the metrics wanted, without Flink's operator name in front
     */
    JobMetrics metrics(JobID job, List<JobVertexID> vertices, String prefix);

    /** Says what to tell a person when a question about a job has failed. */
    Exception lost(JobID job, ExecutionException failure);

    /**
     * Says what to tell a person when a file is not there that a job has written.
     *
     * @param folder URI of the one it should be in
     */
    Exception missing(String folder, FileNotFoundException failure);

    @Override
    void close() throws Exception;
}
