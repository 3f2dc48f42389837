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
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
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
        return remote == null && uiPort == 0 && slots <= SLOTS
                ? running().lend()
                : FlinkCluster.open(remote, slots, uiPort);
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
