package io.iotdbmigrate.run.cdc;

import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cdc.CdcGraph;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.CdcSpec.CdcStart;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cdc.StartPositions;
import io.iotdbmigrate.flink.cluster.CheckpointFolder;
import io.iotdbmigrate.flink.cluster.Checkpoints;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.iotdb.Retries;
import io.iotdbmigrate.journal.BackfillJournal.Finished;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.mapping.MappingFingerprints;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.CdcRunFile;
import io.iotdbmigrate.run.state.RemoteJob;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that runs a replication, here or on a remote cluster: finds out where to begin, and stays
 * with it.
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
        this.config = config;
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

    /** Where to begin: in a checkpoint, or afresh. */
    private record Begin(
            CdcRunFile file, CdcStart start, Optional<String> checkpoint, String words) {}

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
        try (FlinkCluster cluster = RemoteCluster.connect(sent.cluster())) {
            return watch(cluster, running, journal, listener);
        }
    }

    private CdcOutcome start(Options options, Journal journal, CdcListener listener)
            throws Exception {
        try (BinlogServer server = new BinlogServer(config.mysql())) {
            MigrationPlan plan = MigrationPlan.of(config, List.of());
            server.head();
            int slots = config.backfill().parallelism();
            try (FlinkCluster cluster = clusters.open(options.remote(), slots, options.uiPort())) {
                cluster.requireReachable(config.flink().checkpointDir());
                if (cluster instanceof RemoteCluster remote) {
                    jobs().requireNoReplication(remote);
                }
                Begin begin = begin(plan, journal, server, options.afresh());
                CdcSpec spec =
                        CdcSpecs.of(
                                config,
                                plan,
                                server,
                                begin.start(),
                                runDir(begin.file()) + "/work");
                WrittenPlaces.require(config, plan, journal);
                begin.file().write(state.cdcRunFile());
                if (begin.checkpoint().isEmpty()) {
                    CdcJournal.write(journal, Applied.NOTHING);
                }
                listener.starting(begin.words());
                RunningJob running = submit(cluster, options, jobGraph(spec, begin), begin.file());
                return options.detach()
                        ? new CdcOutcome.Detached(options.remote(), running.job())
                        : watch(cluster, running, journal, listener);
            }
        }
    }

    private RunningJob submit(
            FlinkCluster cluster, Options options, JobGraph graph, CdcRunFile file)
            throws Exception {
        ClusterAddress remote = options.remote();
        RunningJob running =
                new RunningJob(
                        "cdc",
                        remote != null,
                        ProcessHandle.current().pid(),
                        InetAddress.getLocalHost().getHostName(),
                        remote == null ? cluster.client().getWebInterfaceURL() : remote.url(),
                        graph.getJobID().toHexString(),
                        Instant.now(),
                        runDir(file) + "/savepoints");
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

    private CdcOutcome watch(
            FlinkCluster cluster, RunningJob running, Journal journal, CdcListener listener)
            throws Exception {
        JobID job = JobID.fromHexString(running.job());
        CdcWatch watch;
        CdcWatch.End end;
        boolean ended = !running.remote();
        try (AppliedPoll applied = appliedPoll()) {
            watch = new CdcWatch(cluster, listener, applied, running);
            end = watch.untilEnd(job);
            ended = true;
        } finally {
            if (ended) {
                CdcCleanup.tidy(running, state, journal);
            }
        }
        watch.requireStopped(job, end.status());
        return new CdcOutcome.Stopped(
                Checkpoints.newest(running.runDir()).orElse(""),
                CdcJournal.read(journal),
                end.requestedHere());
    }

    /**
     * Makes the poll of what is applied. A stop must not wait for an IoTDB that is away: it is
     * asked once.
     */
    private AppliedPoll appliedPoll() {
        return new AppliedPoll(
                new Journal(new Retries(config.iotdb().tree(), 0, LOG::debug), config.name()));
    }

    private Begin begin(MigrationPlan plan, Journal journal, BinlogServer server, boolean afresh)
            throws IOException {
        Map<String, String> shapes = MappingFingerprints.of(plan.mappings());
        Optional<Finished> backfill = StartPositions.lastBackfill(config, journal);
        Optional<CdcRunFile> last = afresh ? Optional.empty() : CdcRunFile.read(state.cdcRunFile());
        if (last.isPresent()) {
            CdcRunFile file = last.get();
            boolean copiedAnew =
                    backfill.isPresent()
                            && !backfill.get().runId().equals(file.backfill())
                            && file.backfill() != null;
            Optional<String> checkpoint = Checkpoints.newest(runDir(file));
            if (checkpoint.isPresent() && !copiedAnew) {
                Optional<ChangePosition> applied =
                        CdcJournal.read(journal).flatMap(a -> a.positionOn(server.uuid()));
                UnchangedMappings.requireSame(
                        file.shapes(),
                        new AddedTables(config.mysql(), plan.mappings())
                                .without(
                                        file.shapes(),
                                        shapes,
                                        applied.map(ChangePosition::file).orElse(""),
                                        applied.map(ChangePosition::offset).orElse(0L)));
                return new Begin(
                        new CdcRunFile(file.runId(), file.backfill(), shapes),
                        new CdcStart.Restored(
                                CdcJournal.read(journal).map(Applied::server).orElse(null)),
                        checkpoint,
                        "going on from " + name(checkpoint.get()));
            }
        }
        CdcStart start =
                last.isPresent()
                        ? StartPositions.again(config, backfill, server, journal)
                        : StartPositions.of(config, backfill, server);
        boolean follows =
                start instanceof CdcStart.At
                        && (config.cdc().startupMode() == StartupMode.AUTO
                                || config.cdc().startupMode() == StartupMode.INITIAL);
        if (follows) {
            Finished copied = backfill.orElseThrow();
            BinlogPosition position = ((CdcStart.At) start).position();
            UnchangedMappings.requireSame(
                    copied,
                    copied.shapes().isEmpty()
                            ? shapes
                            : new AddedTables(config.mysql(), plan.mappings())
                                    .without(
                                            copied.shapes(),
                                            shapes,
                                            position.file(),
                                            position.offset()),
                    server);
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
            String place = at.position().toString();
            return follows
                    ? "beginning at " + place + ", where the backfill began to read"
                    : "beginning at " + place;
        }
        if (start instanceof CdcStart.Behind behind) {
            return "beginning behind GTID set " + behind.gtidSet();
        }
        throw new IllegalStateException("a start without a place: " + start);
    }

    private String runDir(CdcRunFile file) {
        return CheckpointFolder.of(config, state.checkpoints()) + "cdc/" + file.runId();
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
        return Journal.of(config);
    }
}
