package io.iotdbmigrate.flink.launch;

import io.iotdbmigrate.check.MigrationPlan;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.BackfillGraph;
import io.iotdbmigrate.flink.BackfillJournal;
import io.iotdbmigrate.flink.BackfillSpec;
import io.iotdbmigrate.flink.BackfillSpec.Table;
import io.iotdbmigrate.flink.BackfillSpecs;
import io.iotdbmigrate.flink.RejectedFiles;
import io.iotdbmigrate.iotdb.Journal;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.TreeTarget;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a backfill on the embedded cluster: takes up an interrupted one, watches it, reports. */
public final class BackfillRun {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillRun.class);

    private final MigrationConfig config;
    private final StateFolder state;

    public BackfillRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * What the user asked for.
     *
     * @param tables only these; empty means all
     * @param restart erase what earlier runs wrote and begin anew
     */
    public record Options(List<String> tables, boolean restart) {}

    /** What a run would do; nothing is written. */
    public BackfillPlan plan(Options options) {
        return BackfillPlans.of(spec(options, "plan"));
    }

    /**
     * Copies the tables.
     *
     * @throws UserException if it cannot be done; what was copied stays and is taken up by the next
     *     run
     */
    public BackfillOutcome run(Options options, BackfillListener listener) throws Exception {
        try (StateFolder.Hold hold = state.hold()) {
            Optional<BackfillRunFile> interrupted = BackfillRunFile.read(state.backfillRunFile());
            String runId =
                    interrupted.map(BackfillRunFile::runId).orElse(UUID.randomUUID().toString());
            BackfillSpec spec = spec(options, runId);
            if (options.restart()) {
                forget(runId);
                spec = spec(options, UUID.randomUUID().toString());
                erase(spec);
                interrupted = Optional.empty();
            }
            Optional<BackfillOutcome> finished = finishedBefore(spec);
            if (finished.isPresent()) {
                return finished.get();
            }
            String fingerprint = BackfillSpecs.fingerprint(spec);
            Optional<String> checkpoint = Optional.empty();
            if (interrupted.isPresent()) {
                requireSame(interrupted.get(), fingerprint);
                checkpoint = Checkpoints.newest(runDir(spec.runId()));
            }
            new BackfillRunFile(spec.runId(), fingerprint).write(state.backfillRunFile());
            listener.planned(BackfillPlans.of(spec));
            if (interrupted.isPresent()) {
                listener.note(
                        checkpoint.isPresent()
                                ? "going on after the chunks that were finished when the last run"
                                        + " was interrupted"
                                : "the last run was interrupted before its first checkpoint:"
                                        + " reading from the beginning");
            }
            return execute(spec, checkpoint, listener);
        }
    }

    private BackfillSpec spec(Options options, String runId) {
        MigrationPlan plan = MigrationPlan.of(config, options.tables());
        return BackfillSpecs.of(config, plan, runId, runDir(runId) + "/work");
    }

    /** Checkpoints and work files of one run; deleted when it has finished. */
    private String runDir(String runId) {
        String configured = config.flink().checkpointDir();
        String folder = configured == null ? state.checkpoints().toUri().toString() : configured;
        return folder + (folder.endsWith("/") ? "" : "/") + "backfill/" + runId;
    }

    private static void requireSame(BackfillRunFile interrupted, String fingerprint) {
        if (!interrupted.fingerprint().equals(fingerprint)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "the config, the tables or their columns changed since the interrupted backfill,"
                            + " which therefore cannot be continued; undo the change, or erase what"
                            + " was copied and begin anew with --restart");
        }
    }

    private void erase(BackfillSpec spec) throws IOException {
        try (Target target = new TreeTarget(retries())) {
            for (Table table : spec.tables()) {
                target.erase(table.mapping());
            }
        }
        try (Journal journal = journal()) {
            BackfillJournal.erased(journal, spec.tables().stream().map(Table::name).toList());
        }
    }

    private void forget(String runId) throws IOException {
        Path runDir = new Path(runDir(runId));
        runDir.getFileSystem().delete(runDir, true);
        Files.deleteIfExists(state.rejectedRows());
        Files.deleteIfExists(state.backfillRunFile());
    }

    private Optional<BackfillOutcome> finishedBefore(BackfillSpec spec) throws IOException {
        try (Journal journal = journal()) {
            return BackfillJournal.lastFinished(
                            journal.entries(), spec.tables().stream().map(Table::name).toList())
                    .map(
                            f ->
                                    new BackfillOutcome.AlreadyFinished(
                                            BackfillReports.of(config, spec, f)));
        }
    }

    private BackfillOutcome execute(
            BackfillSpec spec, Optional<String> checkpoint, BackfillListener listener)
            throws Exception {
        JobGraph graph = jobGraph(spec, checkpoint);
        try (FlinkCluster cluster = FlinkCluster.open(null, spec.parallelism())) {
            cluster.requireReachable(config.flink().checkpointDir());
            BackfillWatch watch = new BackfillWatch(cluster, spec, listener);
            JobStatus status;
            try {
                status = watch.untilEnd(graph);
            } finally {
                RejectedFiles.merge(spec.workDir(), state.rejectedRows());
            }
            return status == JobStatus.FINISHED
                    ? finished(spec)
                    : new BackfillOutcome.Stopped(
                            Checkpoints.newest(runDir(spec.runId())).isPresent());
        }
    }

    private BackfillOutcome finished(BackfillSpec spec) throws IOException {
        try (Journal journal = journal()) {
            BackfillJournal.Finished finished =
                    BackfillJournal.finished(journal.entries(), spec.runId())
                            .orElseThrow(() -> new IOException("no finished entry in the journal"));
            Path runDir = new Path(runDir(spec.runId()));
            runDir.getFileSystem().delete(runDir, true);
            Files.deleteIfExists(state.backfillRunFile());
            return new BackfillOutcome.Finished(BackfillReports.of(config, spec, finished));
        }
    }

    private JobGraph jobGraph(BackfillSpec spec, Optional<String> checkpoint) {
        Configuration settings =
                FlinkSettings.job(
                        config.flink(), config.flink().backfillInterval(), runDir(spec.runId()));
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        BackfillGraph.build(env, spec);
        StreamGraph stream = env.getStreamGraph();
        stream.setJobName("iotdb-migrate backfill " + config.name());
        JobGraph graph = stream.getJobGraph();
        checkpoint.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path, false)));
        return graph;
    }

    private Journal journal() {
        return new Journal(retries(), config.name());
    }

    private Retries retries() {
        return new Retries(config.iotdb(), config.sink().retries(), LOG::warn);
    }
}
