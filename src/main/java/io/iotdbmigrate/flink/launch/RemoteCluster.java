package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.jspecify.annotations.Nullable;

/** A Flink cluster that somebody else runs. */
final class RemoteCluster implements FlinkCluster {
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int RETRIES = 60;

    private final ClusterFacts facts;
    private final RestClusterClient<String> client;

    private RemoteCluster(ClusterFacts facts, RestClusterClient<String> client) {
        this.facts = facts;
        this.client = client;
    }

    /**
     * Connects, whether or not there is room for a job.
     *
     * @throws UserException if it does not answer or cannot run our jobs
     */
    static RemoteCluster connect(ClusterAddress address) throws Exception {
        ClusterFacts facts = ClusterFacts.of(address);
        facts.requireUsable(EnvironmentInformation.getVersion());
        Configuration access = new Configuration();
        FileSystem.initialize(access, PluginUtils.createPluginManagerFromRootFolder(access));
        access.set(RestOptions.ADDRESS, address.host());
        access.set(RestOptions.PORT, address.port());
        access.set(RestOptions.RETRY_DELAY, RETRY_DELAY);
        access.set(RestOptions.RETRY_MAX_ATTEMPTS, RETRIES);
        return new RemoteCluster(facts, new RestClusterClient<>(access, address.toString()));
    }

    void requireFreeSlots(int wanted) {
        facts.requireFreeSlots(wanted);
    }

    ClusterAddress address() {
        return facts.address();
    }

    @Override
    public RestClusterClient<String> client() {
        return client;
    }

    @Override
    public void requireReachable(@Nullable String configured) {
        if (configured == null) {
            if (!address().isLoopback()) {
                throw new UserException(
                        ExitCode.CONFIG,
                        "checkpoints would go into the state folder of this machine, which the"
                                + " Flink cluster at "
                                + address()
                                + " does not have; set flink.checkpoint_dir to a folder that this"
                                + " machine and the whole cluster reach under one name");
            }
            return;
        }
        try {
            FileSystem.get(new Path(configured).toUri());
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "flink.checkpoint_dir is "
                            + configured
                            + ", for which this program has no file system; name a folder with"
                            + " Flink's plugin for it in the environment variable "
                            + ConfigConstants.ENV_FLINK_PLUGINS_DIR,
                    e);
        }
    }

    @Override
    public JobID submit(JobGraph graph) throws Exception {
        graph.addJar(new Path(JobJar.find().toUri()));
        return client.submitJob(graph).get();
    }

    @Override
    public void close() {
        client.close();
    }
}
