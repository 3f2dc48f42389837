package io.iotdbmigrate;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillGraph;
import io.iotdbmigrate.flink.backfill.BackfillSpecs;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.PreparedTransactions;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
        requireUnfinished(config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        String runId = UUID.randomUUID().toString();
        String runDir =
                arguments.runDir(
                        env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
                        "backfill",
                        runId);
        env.configure(FlinkSettings.job(config.flink(), config.flink().backfillInterval(), runDir));
        PreparedTransactions.awaitNone(config.mysql());
        BackfillGraph.build(
                env,
                BackfillSpecs.of(
                        config, MigrationPlan.of(config, List.of()), runId, runDir + "/work"));
        env.execute("iotdb-migrate backfill " + config.name());
    }

    /**
     * Refuses where one is finished: copying anew would put old values over those that replication
     * has brought since.
     */
    private static void requireUnfinished(MigrationConfig config) throws IOException {
        List<String> tables = config.mappedTables();
        Optional<BackfillJournal.Finished> finished;
        try (Journal journal = Journal.of(config)) {
            finished = BackfillJournal.lastFinished(journal.entries(), tables, table -> false);
        }
        if (finished.isPresent()) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "the backfill of "
                            + config.name()
                            + " has finished at "
                            + finished.get().finishedAt().truncatedTo(ChronoUnit.SECONDS)
                            + "; there is nothing left to do, unless you erase it and copy anew"
                            + " with: iotdb-migrate backfill --restart");
        }
    }
}
