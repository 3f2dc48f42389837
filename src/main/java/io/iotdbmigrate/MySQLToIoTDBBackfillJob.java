package io.iotdbmigrate;

import io.iotdbmigrate.check.MigrationPlan;
import io.iotdbmigrate.config.ConfigException;
import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.BackfillGraph;
import io.iotdbmigrate.flink.BackfillSpecs;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The backfill without our command line: {@code flink run -c
 * io.iotdbmigrate.MySQLToIoTDBBackfillJob job.jar [config.yaml]}, or from Flink's Web UI. Without
 * an argument it reads {@value #DEFAULT_CONFIG}.
 */
public final class MySQLToIoTDBBackfillJob {
    static final String DEFAULT_CONFIG = "/opt/flink/config/config.yaml";

    private MySQLToIoTDBBackfillJob() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : DEFAULT_CONFIG);
        MigrationConfig config = load(file);
        if (config.mode() == MigrationConfig.Mode.CDC) {
            throw new UserException(
                    ExitCode.CONFIG,
                    file
                            + " says mode: cdc and this is the backfill; remove mode, or run"
                            + " MySQLToIoTDBCdcJob");
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        long interval = config.flink().backfillInterval().toMillis();
        env.enableCheckpointing(interval);
        env.getCheckpointConfig().setMinPauseBetweenCheckpoints(interval);
        String runId = UUID.randomUUID().toString();
        BackfillGraph.build(
                env,
                BackfillSpecs.of(
                        config,
                        MigrationPlan.of(config, List.of()),
                        runId,
                        workDir(env, config, runId)));
        env.execute("iotdb-migrate backfill " + config.name());
    }

    private static MigrationConfig load(Path file) {
        try {
            return ConfigLoader.load(file, System.getenv());
        } catch (ConfigException e) {
            throw new UserException(ExitCode.CONFIG, e.getMessage(), e);
        }
    }

    private static String workDir(
            StreamExecutionEnvironment env, MigrationConfig config, String runId) {
        String folder =
                Optional.ofNullable(config.flink().checkpointDir())
                        .or(
                                () ->
                                        Optional.ofNullable(
                                                env.getConfiguration()
                                                        .get(
                                                                CheckpointingOptions
                                                                        .CHECKPOINTS_DIRECTORY)))
                        .orElseThrow(
                                () ->
                                        new UserException(
                                                ExitCode.CONFIG,
                                                "flink.checkpoint_dir is not set, and neither is the"
                                                        + " cluster's; set it to a folder that all task"
                                                        + " managers reach"));
        return folder + (folder.endsWith("/") ? "" : "/") + "backfill/" + runId + "/work";
    }
}
