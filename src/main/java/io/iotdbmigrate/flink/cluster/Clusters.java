package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.ClusterAddress;
import org.jspecify.annotations.Nullable;

/** Where runs get their clusters. A run closes the one that it was given. */
@FunctionalInterface
public interface Clusters {
    /** A cluster of its own for each run inside this process. */
    Clusters OWN = FlinkCluster::open;

    /**
     * Opens a cluster that can run a job now.
     *
     * @param remote null: inside this process
     * @param slots the job's highest parallelism
     * @param uiPort of this machine, for Flink's Web UI inside this process; 0: any that is free
     * @throws io.iotdbmigrate.model.UserException if there is no such cluster
     */
    FlinkCluster open(@Nullable ClusterAddress remote, int slots, int uiPort) throws Exception;
}
