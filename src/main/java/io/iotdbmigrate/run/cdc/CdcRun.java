package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcGraph;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cdc.EarlierTables;
import io.iotdbmigrate.flink.cdc.StartNames;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cluster.Checkpoints;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.NameJournal;
import io.iotdbmigrate.journal.NameJournal.Newest;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.OneServer;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.RemoteJob;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of a replication, here or on a remote cluster: starts it where {@link CdcBeginnings} says,
 * and stays with it.
 */
public final class CdcRun {
    private static final Logger LOG = LoggerFactory.getLogger(CdcRun.class);

    private final MigrationConfig config;
    private final StateFolder state;
    private final Clusters clusters;

    public CdcRun(MigrationConfig config, StateFolder state) {
        this(config, state, Clusters.OWN);
    }

    public CdcRun(MigrationConfig config, StateFolder state, Clusters clusters) {
        this.config = config.atOrigin();
        this.state = state;
        this.clusters = clusters;
    }

    /** Tells whether {@code startup_mode: initial} asks for a backfill before. */
    public boolean needsBackfill() throws IOException {
        if (config.cdc().startupMode() != StartupMode.INITIAL) {
            return false;
        }
        try (Journal journal = journal()) {
            return StartPositions.lastBackfill(config, journal).isEmpty();
        }
    }

    /**
     * What the user asked for.
     *
     * @param afresh forget the checkpoints and begin by {@code startup_mode}
     * @param remote the cluster to run on; null: one inside this process
     * @param detach return as soon as the remote cluster has the job
     * @param uiPort of this machine, for Flink's Web UI while the job is inside this process; 0:
     *     any that is free
     */
    public record Options(
            boolean afresh, @Nullable ClusterAddress remote, boolean detach, int uiPort) {

        /** Prepares a run inside this process. */
        public Options(boolean afresh) {
            this(afresh, null, false);
        }

        /** Prepares a run of which nobody wants to look at Flink's Web UI. */
        public Options(boolean afresh, @Nullable ClusterAddress remote, boolean detach) {
            this(afresh, remote, detach, 0);
        }

        public Options {
            if (detach && remote == null) {
                throw new IllegalArgumentException("nothing to detach from");
            }
        }
    }

    /**
     * Replicates until it is stopped, or follows the job that an earlier call has given to the
     * remote cluster.
     *
     * @throws UserException if it cannot begin or go on; nothing that was applied is lost
     */
    public CdcOutcome run(Options options, CdcListener listener) throws Exception {
        try (StateFolder.Hold hold = state.hold();
                Journal journal = journal()) {
            Optional<RunningJob> earlier = RunningJob.read(state.runningFile());
            Optional<RemoteJob> sent = earlier.flatMap(RunningJob::sent);
            if (sent.isPresent() && sent.get().runs(jobs().remedy())) {
                sent.get().requireFollowable(options.remote(), options.afresh());
                return follow(earlier.get(), sent.get(), options, journal, listener);
            }
            jobs().requireNoBackfill(journal);
            return start(options, journal, listener);
        }
    }

    private RemoteJobFinder jobs() {
        return new RemoteJobFinder(config, state);
    }

    private CdcOutcome follow(
            RunningJob running,
            RemoteJob sent,
            Options options,
            Journal journal,
            CdcListener listener)
            throws Exception {
        if (options.detach()) {
            return new CdcOutcome.Detached(sent.cluster(), sent.job());
        }
        listener.starting("following " + sent + ", which an earlier call has started");
        Newest names = newestNames(journal);
        try (FlinkCluster cluster = RemoteCluster.connect(sent.cluster())) {
            return watch(cluster, running, journal, names, listener);
        }
    }

    private CdcOutcome start(Options options, Journal journal, CdcListener listener)
            throws Exception {
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            OneServer.require(config.mysql());
            MigrationPlan plan = MigrationPlan.of(config, List.of());
            server.head();
            int slots = config.backfill().parallelism();
            try (FlinkCluster cluster = clusters.open(options.remote(), slots, options.uiPort())) {
                cluster.requireReachable(config.flink().checkpointDir());
                if (cluster instanceof RemoteCluster remote) {
                    jobs().requireNoReplication(remote);
                }
                CdcBeginning begin =
                        new CdcBeginnings(config, state)
                                .find(plan, journal, server, options.afresh());
                CdcSpec spec =
                        EarlierTables.of(workDir(begin.runDir()))
                                .into(
                                        CdcSpecs.of(
                                                config,
                                                plan,
                                                StartNames.of(
                                                        config,
                                                        plan,
                                                        journal,
                                                        server,
                                                        begin.start()),
                                                server,
                                                begin.start(),
                                                workDir(begin.runDir())),
                                        begin.gone());
                WrittenPlaces.require(config, plan, journal);
                EarlierTables.note(spec);
                begin.file().write(state.cdcRunFile());
                if (begin.checkpoint().isEmpty()) {
                    CdcJournal.write(journal, Applied.NOTHING);
                }
                listener.starting(begin.words());
                Newest names = newestNames(journal);
                RunningJob running =
                        submit(
                                cluster,
                                options,
                                jobGraph(spec, begin, rest(cluster, options)),
                                begin.runDir());
                return options.detach()
                        ? new CdcOutcome.Detached(options.remote(), running.job())
                        : watch(cluster, running, journal, names, listener);
            }
        }
    }

    private RunningJob submit(FlinkCluster cluster, Options options, JobGraph graph, String runDir)
            throws Exception {
        ClusterAddress remote = options.remote();
        RunningJob running =
                new RunningJob(
                        "cdc",
                        remote != null,
                        ProcessHandle.current().pid(),
                        InetAddress.getLocalHost().getHostName(),
                        rest(cluster, options),
                        graph.getJobID().toHexString(),
                        Instant.now(),
                        runDir + "/savepoints");
        if (remote != null) {
            // Before: should the answer get lost, the cluster has the job all the same.
            running.write(state.runningFile());
        }
        try {
            cluster.submit(graph);
        } catch (UserException e) {
            Files.deleteIfExists(state.runningFile());
            throw e;
        }
        running.write(state.runningFile());
        return running;
    }

    private static String rest(FlinkCluster cluster, Options options) {
        ClusterAddress remote = options.remote();
        return remote == null ? cluster.client().getWebInterfaceURL() : remote.url();
    }

    private CdcOutcome watch(
            FlinkCluster cluster,
            RunningJob running,
            Journal journal,
            @Nullable Newest names,
            CdcListener listener)
            throws Exception {
        JobID job = JobID.fromHexString(running.job());
        CdcWatch watch;
        CdcWatch.End end;
        boolean ended = !running.remote();
        try (AppliedPoll applied = appliedPoll(names)) {
            watch = new CdcWatch(cluster, listener, applied, running);
            end = watch.untilEnd(job);
            ended = true;
        } finally {
            if (ended) {
                CdcCleanup.run(running, state, journal);
            }
        }
        watch.requireStopped(job, end.status());
        return new CdcOutcome.Stopped(
                Checkpoints.newest(running.runDir()).orElse(""),
                CdcJournal.read(journal),
                end.requestedHere());
    }

    /** Returns the change of names that was noted last; null if no names are looked up. */
    private @Nullable Newest newestNames(Journal journal) throws IOException {
        return config.usedLookups().isEmpty() ? null : NameJournal.newest(journal);
    }

    /**
     * Makes the poll of what is applied. A stop must not wait for an IoTDB that is away: it is
     * asked once.
     */
    private AppliedPoll appliedPoll(@Nullable Newest names) {
        return new AppliedPoll(
                new Journal(
                        Retries.brief(config.iotdb().tree(), 0, Duration.ofSeconds(10), LOG::debug),
                        config.name()),
                names);
    }

    private JobGraph jobGraph(CdcSpec spec, CdcBeginning begin, String rest) {
        Configuration settings = FlinkSettings.replication(config, begin.runDir());
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        CdcGraph.build(env, spec, rest);
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

    /** Returns the URI of a run's folder for what is neither checkpoint nor savepoint. */
    static String workDir(String runDir) {
        return runDir + "/work";
    }

    private Journal journal() {
        return Journal.of(config);
    }
}
