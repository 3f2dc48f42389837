package io.iotdbmigrate;

import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MatchedTables;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the two jobs are given when they are submitted without the command line. */
record JobArguments(MigrationConfig config) {
    private static final String DEFAULT_CONFIG = "/opt/flink/config/config.yaml";

    /** Reads the config's path from the first argument, or takes {@value #DEFAULT_CONFIG}. */
    static JobArguments of(String[] args, MigrationConfig.Mode mode) {
        Path file = Path.of(args.length > 0 ? args[0] : DEFAULT_CONFIG);
        MigrationConfig config = load(file);
        if (config.mode() != null && config.mode() != mode) {
            throw new UserException(
                    ExitCode.CONFIG,
                    file
                            + " says mode: "
                            + config.mode().name().toLowerCase(Locale.ROOT)
                            + " and this is the other job; remove mode, or run the other one");
        }
        return new JobArguments(config);
    }

    private static MigrationConfig load(Path file) {
        try {
            return MatchedTables.of(ConfigLoader.load(file, System.getenv()));
        } catch (ConfigException e) {
            throw new UserException(ExitCode.CONFIG, e.getMessage(), e);
        }
    }

    /**
     * Returns the URI of a folder for one run that every task manager reaches.
     *
     * @param clusterFolder where the cluster keeps checkpoints, null if it has not been told
     */
    String runDir(@Nullable String clusterFolder, String job, String runId) {
        String configured = config.flink().checkpointDir();
        String folder = configured == null ? clusterFolder : configured;
        if (folder == null) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "flink.checkpoint_dir is not set, and neither is the cluster's; set it to a"
                            + " folder that all task managers reach");
        }
        return folder + (folder.endsWith("/") ? "" : "/") + job + "/" + runId;
    }
}
