package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.cutover.Verification;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.cutover.RecentVerification;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.verify.VerifyRun;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;

/**
 * One Flink cluster for the runs inside a test JVM: to start and end one takes longer than most
 * jobs of tests. A run that asks for a Web UI has a cluster of its own, as users do. Thread-safe.
 */
public final class SharedCluster {
    /** Enough for some replications and a backfill at once. */
    private static final int SLOTS = 16;

    private static @Nullable EmbeddedCluster open;

    private SharedCluster() {}

    public static BackfillRun backfill(MigrationConfig config, StateFolder state) {
        return new BackfillRun(config, state, SharedCluster::open);
    }

    public static CdcRun cdc(MigrationConfig config, StateFolder state) {
        return new CdcRun(config, state, SharedCluster::open);
    }

    public static VerifyRun verify(MigrationConfig config, StateFolder state) {
        return new VerifyRun(config, state, null, SharedCluster::open);
    }

    /** What a cutover compares with. */
    public static Verification verification(
            MigrationConfig config, StateFolder state, CdcJob replication) {
        return new RecentVerification(config, state, replication, SharedCluster::open);
    }

    static FlinkCluster open(@Nullable ClusterAddress remote, int slots, int uiPort)
            throws Exception {
        if (remote != null) {
            RemoteCluster cluster = RemoteCluster.connect(remote, SharedCluster::name);
            cluster.requireFreeSlots(slots);
            return cluster;
        }
        return uiPort == 0 && slots <= SLOTS
                ? running().lend()
                : FlinkCluster.open(null, slots, uiPort);
    }

    /**
     * Names the job's jar, which the tests' cluster reads where it lies. To send 50 MB with each
     * job takes half of a short job's time; the tests of the installed tool do.
     */
    private static void name(JobGraph graph) throws Exception {
        graph.setClasspaths(List.of(JobJar.find().toUri().toURL()));
    }

    /** A fatal error of one test's job must not fail those that come after it. */
    private static synchronized EmbeddedCluster running() throws Exception {
        EmbeddedCluster cluster = open;
        if (cluster == null || !cluster.isRunning()) {
            Configuration settings = FlinkSettings.localCluster(SLOTS, 0);
            settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
            settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
            cluster = EmbeddedCluster.start(settings);
            open = cluster;
        }
        return cluster;
    }
}
