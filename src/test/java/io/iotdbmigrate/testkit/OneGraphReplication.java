package io.iotdbmigrate.testkit;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcGraph;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A replication as the entry point for clusters builds it: one graph, also for the history. */
public final class OneGraphReplication implements AutoCloseable {
    private final JobClient job;

    private OneGraphReplication(JobClient job) {
        this.job = job;
    }

    static OneGraphReplication start(MigrationConfig config, String folder) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
        env.configure(FlinkSettings.replication(config, folder));
        MigrationPlan plan = MigrationPlan.of(config, List.of());
        try (Journal journal = Journal.of(config);
                BinlogServer server = new BinlogServer(config.mysql())) {
            CdcSpec spec =
                    CdcSpecs.of(
                            config,
                            plan,
                            server,
                            StartPositions.inOneGraph(config, plan.mappings(), journal, server),
                            folder + "/work");
            CdcGraph.build(env, spec);
        }
        return new OneGraphReplication(env.executeAsync("replication in one graph"));
    }

    @Override
    public void close() throws Exception {
        job.cancel().get();
    }
}
