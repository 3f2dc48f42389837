package io.iotdbmigrate;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcGraph;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cdc.StartNames;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cdc.StartTables;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Replication without the command line: {@code flink run -c io.iotdbmigrate.MySQLToIoTDBCdcJob
 * job.jar [config.yaml]}, or from Flink's Web UI. To go on where a former job was stopped, give
 * Flink its savepoint ({@code flink run -s}).
 */
public final class MySQLToIoTDBCdcJob {
    private MySQLToIoTDBCdcJob() {}

    public static void main(String[] args) throws Exception {
        JobArguments arguments = JobArguments.of(args, MigrationConfig.Mode.CDC);
        MigrationConfig config = arguments.config().atOrigin();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        String runDir =
                arguments.runDir(
                        env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
                        "cdc",
                        UUID.randomUUID().toString());
        env.configure(FlinkSettings.replication(config, runDir));
        MigrationPlan plan = MigrationPlan.of(config, List.of());
        CdcSpec spec;
        try (Journal journal = Journal.of(config);
                BinlogServer server = new BinlogServer(config.mysql())) {
            CdcStart start =
                    env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH) == null
                            ? begun(config, plan, journal, server)
                            : CdcStart.Restored.of(
                                    CdcJournal.read(journal).map(Applied::server).orElse(null),
                                    server.uuid());
            CdcSpec.Names names = StartNames.of(config, plan, journal, server, start);
            spec = CdcSpecs.of(config, plan, names, server, start, runDir + "/work");
        }
        CdcGraph.build(env, spec);
        env.execute("iotdb-migrate cdc " + config.name());
    }

    private static CdcStart begun(
            MigrationConfig config, MigrationPlan plan, Journal journal, BinlogServer server)
            throws IOException {
        CdcStart start = StartPositions.inOneGraph(config, plan.mappings(), journal, server);
        if (start instanceof CdcStart.At at && config.cdc().followsBackfill()) {
            Finished copied = StartPositions.lastBackfill(config, journal).orElseThrow();
            StartTables.requireCopied(copied, at, plan.mappings(), server);
        }
        return start;
    }
}
