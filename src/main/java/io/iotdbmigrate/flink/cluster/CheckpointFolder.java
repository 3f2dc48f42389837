package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Where checkpoints and savepoints go. */
public final class CheckpointFolder {
    private CheckpointFolder() {}

    /**
     * Names the folder. Flink takes such a name as it is: what {@link java.nio.file.Path#toUri}
     * writes for a blank would name another folder.
     *
     * @param own where checkpoints go unless {@code flink.checkpoint_dir} says otherwise
     * @return its URI, with a slash at the end
     */
    public static String of(MigrationConfig config, java.nio.file.Path own) {
        return named(config.flink().checkpointDir(), own);
    }

    static String named(@Nullable String configured, java.nio.file.Path own) {
        String folder = configured == null ? "file://" + own.toAbsolutePath() : configured;
        return folder + (folder.endsWith("/") ? "" : "/");
    }

    /**
     * Refuses what can be known before a job runs.
     *
     * @param configured {@code flink.checkpoint_dir}; null is the state folder of this machine
     * @throws UserException if the cluster cannot have it, or this program cannot read it
     */
    static void requireReachable(@Nullable String configured, ClusterAddress cluster) {
        if (configured == null) {
            if (!cluster.isLoopback()) {
                throw new UserException(
                        ExitCode.CONFIG,
                        "checkpoints would go into the state folder of this machine, which the"
                                + " Flink cluster at "
                                + cluster
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
}
