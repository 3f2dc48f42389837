package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.check.MigrationPlan;
import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.BackfillJournal.Finished;
import io.iotdbmigrate.flink.CdcGraph;
import io.iotdbmigrate.flink.CdcJournal;
import io.iotdbmigrate.flink.CdcJournal.Applied;
import io.iotdbmigrate.flink.CdcSpec;
import io.iotdbmigrate.flink.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.CdcSpecs;
import io.iotdbmigrate.flink.CdcStarts;
import io.iotdbmigrate.flink.RejectedFiles;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.BinlogServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a replication on the embedded cluster: finds out where to begin, and stays with it. */
public final class CdcRun {
    private static final Logger LOG = LoggerFactory.getLogger(CdcRun.class);

    private final MigrationConfig config;
    private final StateFolder state;

    public CdcRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /** Whether {@code startup_mode: initial} asks for a backfill before. */
    public boolean needsBackfill() throws IOException {
        if (config.cdc().startupMode() != StartupMode.INITIAL) {
            return false;
        }
        try (Journal journal = journal()) {
            return CdcStarts.lastBackfill(config, journal).isEmpty();
        }
    }

    /** Where to begin: in a checkpoint, or afresh. */
    private record Begin(
            CdcRunFile file, CdcStart start, Optional<String> checkpoint, String words) {}

    /**
     * Replicates until it is stopped.
     *
     * @param afresh forget the checkpoints and begin by {@code startup_mode}
     * @throws UserException if it cannot begin or go on; nothing that was applied is lost
     */
    public CdcOutcome run(boolean afresh, CdcListener listener) throws Exception {
        try (StateFolder.Hold hold = state.hold();
                Journal journal = journal();
                BinlogServer server = new BinlogServer(config.mysql())) {
            MigrationPlan plan = MigrationPlan.of(config, List.of());
            server.head();
            Begin begin = begin(plan, journal, server, afresh);
            CdcSpec spec =
                    CdcSpecs.of(
                            config, plan, server, begin.start(), runDir(begin.file()) + "/work");
            begin.file().write(state.cdcRunFile());
            if (begin.checkpoint().isEmpty()) {
                CdcJournal.write(journal, Applied.NOTHING);
            }
            listener.starting(begin.words());
            return execute(spec, begin, journal, listener);
        }
    }

    private Begin begin(MigrationPlan plan, Journal journal, BinlogServer server, boolean afresh)
            throws IOException {
        Map<String, String> shapes = CdcSpecs.shapes(plan.mappings());
        Optional<Finished> backfill = CdcStarts.lastBackfill(config, journal);
        Optional<CdcRunFile> last = afresh ? Optional.empty() : CdcRunFile.read(state.cdcRunFile());
        if (last.isPresent()) {
            CdcRunFile file = last.get();
            boolean copiedAnew =
                    backfill.isPresent()
                            && !backfill.get().runId().equals(file.backfill())
                            && file.backfill() != null;
            Optional<String> checkpoint = Checkpoints.newest(runDir(file));
            if (checkpoint.isPresent() && !copiedAnew) {
                Shapes.requireSame(file.shapes(), shapes);
                return new Begin(
                        new CdcRunFile(file.runId(), file.backfill(), shapes),
                        new CdcStart.Latest(),
                        checkpoint,
                        "going on from " + name(checkpoint.get()));
            }
        }
        CdcStart start = CdcStarts.of(config, backfill, server);
        boolean follows =
                start instanceof CdcStart.At
                        && (config.cdc().startupMode() == StartupMode.AUTO
                                || config.cdc().startupMode() == StartupMode.INITIAL);
        if (follows) {
            Shapes.requireSame(backfill.orElseThrow(), shapes, server);
        }
        return new Begin(
                new CdcRunFile(
                        UUID.randomUUID().toString(),
                        follows ? backfill.map(Finished::runId).orElse(null) : null,
                        shapes),
                start,
                Optional.empty(),
                words(start, follows));
    }

    private static String name(String checkpoint) {
        String name = checkpoint.substring(checkpoint.lastIndexOf('/') + 1);
        return (name.startsWith("savepoint") ? "savepoint " : "checkpoint ") + name;
    }

    private static String words(CdcStart start, boolean follows) {
        if (start instanceof CdcStart.At at) {
            String place = at.file() + ":" + at.offset();
            return follows
                    ? "beginning at " + place + ", where the backfill began to read"
                    : "beginning at " + place;
        }
        if (start instanceof CdcStart.Behind behind) {
            return "beginning behind GTID set " + behind.gtidSet();
        }
        if (start instanceof CdcStart.FromTime from) {
            return "beginning with the events of " + Instant.ofEpochMilli(from.atMillis());
        }
        return start instanceof CdcStart.Earliest
                ? "beginning with the oldest event that MySQL has"
                : "beginning with the next event";
    }

    private String runDir(CdcRunFile file) {
        return CheckpointFolder.of(config, state) + "cdc/" + file.runId();
    }

    private CdcOutcome execute(CdcSpec spec, Begin begin, Journal journal, CdcListener listener)
            throws Exception {
        String savepoints = runDir(begin.file()) + "/savepoints";
        JobGraph graph = jobGraph(spec, begin);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(spec.parallelism())) {
            JobID job = cluster.client().submitJob(graph).get();
            new RunningJob(
                            "cdc",
                            ProcessHandle.current().pid(),
                            InetAddress.getLocalHost().getHostName(),
                            cluster.client().getWebInterfaceURL(),
                            job.toHexString(),
                            Instant.now(),
                            savepoints)
                    .write(state.runningFile());
            boolean here;
            try {
                here =
                        new CdcWatch(cluster.client(), listener, journal, savepoints)
                                .untilStopped(job, graph);
            } finally {
                Files.deleteIfExists(state.runningFile());
                RejectedFiles.merge(spec.workDir(), state.rejectedChanges());
                notRunning(journal);
            }
            return new CdcOutcome(
                    Checkpoints.newest(runDir(begin.file())).orElseThrow(),
                    CdcJournal.read(journal),
                    here);
        }
    }

    private static void notRunning(Journal journal) throws IOException {
        Optional<Applied> applied = CdcJournal.read(journal);
        if (applied.isPresent()) {
            Applied a = applied.get();
            CdcJournal.write(
                    journal, new Applied(a.position(), a.rows(), a.rejected(), a.at(), false));
        }
    }

    private JobGraph jobGraph(CdcSpec spec, Begin begin) {
        Configuration settings =
                FlinkSettings.job(
                        config.flink(), config.flink().cdcInterval(), runDir(begin.file()));
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        CdcGraph.build(env, spec);
        StreamGraph stream = env.getStreamGraph();
        stream.setJobName("iotdb-migrate cdc " + config.name());
        JobGraph graph = stream.getJobGraph();
        begin.checkpoint()
                .ifPresent(
                        path ->
                                graph.setSavepointRestoreSettings(
                                        SavepointRestoreSettings.forPath(path, false)));
        return graph;
    }

    private Journal journal() {
        return new Journal(
                new Retries(config.iotdb(), config.sink().retries(), LOG::warn), config.name());
    }
}
