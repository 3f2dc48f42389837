package io.iotdbmigrate;

import io.iotdbmigrate.check.MigrationPlan;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.BackfillGraph;
import io.iotdbmigrate.flink.BackfillSpecs;
import java.util.List;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The backfill without the command line: {@code flink run -c
 * io.iotdbmigrate.MySQLToIoTDBBackfillJob job.jar [config.yaml]}, or from Flink's Web UI.
 */
public final class MySQLToIoTDBBackfillJob {
    private MySQLToIoTDBBackfillJob() {}

    public static void main(String[] args) throws Exception {
        JobArguments arguments = JobArguments.of(args, MigrationConfig.Mode.BACKFILL);
        MigrationConfig config = arguments.config();
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
                        arguments.workDir(
                                env.getConfiguration()
                                        .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
                                "backfill",
                                runId)));
        env.execute("iotdb-migrate backfill " + config.name());
    }
}
