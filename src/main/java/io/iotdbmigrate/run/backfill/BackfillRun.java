package io.iotdbmigrate.run.backfill;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.backfill.BackfillSpecs;
import io.iotdbmigrate.flink.cluster.CheckpointFolder;
import io.iotdbmigrate.flink.cluster.Checkpoints;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.iotdb.Target;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.OneServer;
import io.iotdbmigrate.mysql.PreparedTransactions;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.BackfillRunFile;
import io.iotdbmigrate.run.state.RemoteJob;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that runs a backfill, here or on a remote cluster: takes up an interrupted one, or follows
 * it.
 */
public final class BackfillRun {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillRun.class);

    private final MigrationConfig config;
    private final StateFolder state;
    private final Clusters clusters;

    public BackfillRun(MigrationConfig config, StateFolder state) {
        this(config, state, Clusters.OWN);
    }

    public BackfillRun(MigrationConfig config, StateFolder state, Clusters clusters) {
        this.config = config;
        this.state = state;
        this.clusters = clusters;
    }

    /**
     * What the user asked for.
     *
     * @param tables only these; empty means all
     * @param restart erase what earlier runs wrote and begin anew
     * @param remote the cluster to run on; null: one inside this process
     * @param detach return as soon as the remote cluster has the job
     */
    public record Options(
            List<String> tables, boolean restart, @Nullable ClusterAddress remote, boolean detach) {

        /** Prepares a run inside this process. */
        public Options(List<String> tables, boolean restart) {
            this(tables, restart, null, false);
        }

        /** Takes other names of tables. */
        public Options withTables(List<String> others) {
            return new Options(others, restart, remote, detach);
        }

        public Options {
            if (detach && remote == null) {
                throw new IllegalArgumentException("nothing to detach from");
            }
        }
    }

    /** Returns what a run would do; nothing is written. */
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
            Optional<BackfillRunFile> earlier = BackfillRunFile.read(state.backfillRunFile());
            String runId = earlier.map(BackfillRunFile::runId).orElse(UUID.randomUUID().toString());
            BackfillSpec spec = spec(options, runId);
            RemoteJob sent = earlier.map(BackfillRunFile::sent).orElse(null);
            if (sent != null && runs(sent, options.restart())) {
                sent.requireFollowable(options.remote(), options.restart());
                requireSame(earlier.get(), BackfillSpecs.fingerprint(spec));
                return follow(sent, options, spec, listener);
            }
            Optional<BackfillOutcome> finished =
                    options.restart() ? Optional.empty() : finishedBefore(spec);
            if (finished.isPresent()) {
                return finished.get();
            }
            new RemoteJobFinder(config, state).requireNoReplication();
            OneServer.require(config.mysql());
            PreparedTransactions.awaitNone(config.mysql());
            if (config.mysql().isReadOnlySource()) {
                Optional<UserException> problem = new ReadOnlySource(config.mysql()).problem();
                if (problem.isPresent()) {
                    throw problem.get();
                }
            }
            if (options.restart()) {
                listener.note("erasing what earlier runs copied");
                forget(runId);
                spec = spec(options, UUID.randomUUID().toString());
                erase(spec);
                earlier = Optional.empty();
            }
            Optional<String> checkpoint = Optional.empty();
            if (earlier.isPresent()) {
                requireSame(earlier.get(), BackfillSpecs.fingerprint(spec));
                checkpoint = Checkpoints.newest(runDir(spec.runId()));
            }
            listener.planned(BackfillPlans.of(spec));
            if (earlier.isPresent()) {
                listener.note(
                        checkpoint.isPresent()
                                ? "going on after the chunks that were finished when the last run"
                                        + " was interrupted"
                                : "the last run was interrupted before its first checkpoint:"
                                        + " reading from the beginning");
            }
            return execute(options, spec, checkpoint, listener);
        }
    }

    /**
     * Tells whether the job runs. With {@code --restart}, a cluster that does not answer is taken
     * for one that is gone.
     */
    private static boolean runs(RemoteJob sent, boolean restart) throws Exception {
        try {
            return sent.runs("--restart erases what was copied and begins anew");
        } catch (UserException e) {
            if (restart) {
                return false;
            }
            throw e;
        }
    }

    private BackfillOutcome execute(
            Options options,
            BackfillSpec spec,
            Optional<String> checkpoint,
            BackfillListener listener)
            throws Exception {
        BackfillJob job = job(spec);
        JobGraph graph = job.graph(checkpoint);
        try (FlinkCluster cluster = clusters.open(options.remote(), spec.parallelism(), 0)) {
            cluster.requireReachable(config.flink().checkpointDir());
            RemoteJob sent =
                    options.remote() == null
                            ? null
                            : new RemoteJob(
                                    "backfill", options.remote(), graph.getJobID().toHexString());
            new BackfillRunFile(spec.runId(), BackfillSpecs.fingerprint(spec), sent)
                    .write(state.backfillRunFile());
            JobID id = cluster.submit(graph);
            if (sent != null && options.detach()) {
                return new BackfillOutcome.Detached(sent.cluster(), sent.job());
            }
            return job.follow(cluster, id, graph, listener);
        }
    }

    private BackfillOutcome follow(
            RemoteJob sent, Options options, BackfillSpec spec, BackfillListener listener)
            throws Exception {
        if (options.detach()) {
            return new BackfillOutcome.Detached(sent.cluster(), sent.job());
        }
        listener.planned(BackfillPlans.of(spec));
        listener.note("following " + sent + ", which an earlier call has started");
        try (FlinkCluster cluster = RemoteCluster.connect(sent.cluster())) {
            BackfillJob job = job(spec);
            return job.follow(
                    cluster,
                    JobID.fromHexString(sent.job()),
                    job.graph(Optional.empty()),
                    listener);
        }
    }

    private BackfillJob job(BackfillSpec spec) {
        return new BackfillJob(config, state, spec, runDir(spec.runId()));
    }

    private BackfillSpec spec(Options options, String runId) {
        MigrationPlan plan = MigrationPlan.of(config, options.tables());
        plan.takenAlong(options.tables()).ifPresent(LOG::info);
        return BackfillSpecs.of(config, plan, runId, runDir(runId) + "/work");
    }

    /**
     * Returns the folder of checkpoints and work files of one run; deleted when it has finished.
     */
    private String runDir(String runId) {
        return CheckpointFolder.of(config, state.checkpoints()) + "backfill/" + runId;
    }

    private static void requireSame(BackfillRunFile interrupted, String fingerprint) {
        if (!interrupted.fingerprint().equals(fingerprint)) {
            throw new UserException(
                    ExitCode.CONFIG,
                    "the config, the tables or their columns changed since the interrupted"
                            + " backfill, which therefore cannot be continued; undo the change, or"
                            + " erase what was copied and begin anew with --restart");
        }
    }

    private void erase(BackfillSpec spec) throws IOException {
        try (Target target = Targets.open(retries())) {
            for (Table table : spec.tables()) {
                target.erase(table.mapping());
            }
        }
        try (Journal journal = journal()) {
            BackfillJournal.erased(journal, spec.tables().stream().map(Table::name).toList());
            CdcJournal.write(journal, Applied.NOTHING);
        }
    }

    private void forget(String runId) throws IOException {
        Path runDir = new Path(runDir(runId));
        runDir.getFileSystem().delete(runDir, true);
        Files.deleteIfExists(state.rejectedRows());
        Files.deleteIfExists(state.backfillRunFile());
    }

    private Optional<BackfillOutcome> finishedBefore(BackfillSpec spec) throws IOException {
        Optional<BackfillJournal.Finished> finished;
        try (Journal journal = journal()) {
            finished =
                    BackfillJournal.lastFinished(
                            journal.entries(),
                            spec.tables().stream().map(Table::name).toList(),
                            table -> false);
            // What a replication has followed since is its own to judge.
            if (finished.isPresent() && !hasReplicated(journal)) {
                requireSame(finished.get(), spec);
            }
        }
        if (finished.isEmpty()) {
            return Optional.empty();
        }
        // Nobody was there to see the end of a job that ran detached.
        return Optional.of(
                finished.get().runId().equals(spec.runId())
                        ? job(spec).collect(finished.get())
                        : new BackfillOutcome.AlreadyFinished(
                                BackfillReports.of(config, spec, finished.get())));
    }

    private static boolean hasReplicated(Journal journal) throws IOException {
        return CdcJournal.read(journal).filter(a -> a.position() != null).isPresent();
    }

    /** Requires that a backfill has put the rows where this one would. */
    private static void requireSame(BackfillJournal.Finished finished, BackfillSpec spec) {
        Map<String, String> before = finished.shapes();
        Map<String, String> now =
                MappingFingerprints.of(spec.tables().stream().map(Table::mapping).toList());
        now.forEach(
                (table, shape) -> {
                    if (!before.getOrDefault(table, shape).equals(shape)) {
                        throw new UserException(
                                ExitCode.CONFIG,
                                "the mapping or the columns of "
                                        + table
                                        + " changed since the backfill that finished at "
                                        + finished.finishedAt()
                                        + ", which wrote its rows as they were mapped then; undo the"
                                        + " change, or copy the tables anew with --restart, which"
                                        + " does not erase rows in another place");
                    }
                });
    }

    private Journal journal() {
        return Journal.of(config);
    }

    private Retries retries() {
        return Retries.of(config.iotdb(), config.sink());
    }
}
