package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.ClusterAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster that starts while its run still asks the servers what is to be done. One elsewhere is
 * looked for only when it is taken: it runs already, and what it answers matters only then. Used by
 * one thread.
 */
public final class StartingCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartingCluster.class);

    private final FutureTask<FlinkCluster> opening;
    private boolean begun;
    private boolean taken;

    private StartingCluster(FutureTask<FlinkCluster> opening) {
        this.opening = opening;
    }

    /**
     * Begins to start one, see {@link Clusters#open}. The caller closes it.
     *
     * @param remote null: inside this process
     */
    public static StartingCluster of(
            Clusters clusters, @Nullable ClusterAddress remote, int slots, int uiPort) {
        StartingCluster starting =
                new StartingCluster(new FutureTask<>(() -> clusters.open(remote, slots, uiPort)));
        if (remote == null) {
            starting.begin();
        }
        return starting;
    }

    private void begin() {
        begun = true;
        Thread thread = new Thread(opening, "start of Flink");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until it can run a job. From then on the caller has to close the cluster itself.
     *
     * @throws io.iotdbmigrate.model.UserException if there is no such cluster
     */
    public FlinkCluster take() throws Exception {
        if (!begun) {
            begun = true;
            opening.run();
        }
        try {
            FlinkCluster cluster = opening.get();
            taken = true;
            return cluster;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    /** Ends it again if nobody has taken it. */
    @Override
    public void close() throws Exception {
        if (!begun || taken) {
            return;
        }
        try {
            opening.get().close();
        } catch (ExecutionException e) {
            // Nobody needs it any longer, and take() has told whoever needed it.
            LOG.info("a cluster that is not needed did not start", e);
        }
    }
}
