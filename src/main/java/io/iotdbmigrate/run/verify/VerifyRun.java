package io.iotdbmigrate.run.verify;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.backfill.BackfillSpec.Table;
import io.iotdbmigrate.flink.cluster.CheckpointFolder;
import io.iotdbmigrate.flink.cluster.Clusters;
import io.iotdbmigrate.flink.cluster.FlinkCluster;
import io.iotdbmigrate.flink.cluster.FlinkSettings;
import io.iotdbmigrate.flink.verify.AttributeComparison;
import io.iotdbmigrate.flink.verify.ComparisonResult;
import io.iotdbmigrate.flink.verify.JournalProgress;
import io.iotdbmigrate.flink.verify.VerifyGraphs;
import io.iotdbmigrate.flink.verify.VerifySpec;
import io.iotdbmigrate.flink.verify.VerifySpecs;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifiedBase;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.mysql.binlog.ReadOnlySource;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.ReportNotes;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.SideSums;
import io.iotdbmigrate.verify.VerifyListener;
import io.iotdbmigrate.verify.VerifyOptions;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A run that compares both sides, here or on a remote cluster. Holds no lock: replication may run
 * meanwhile.
 */
public final class VerifyRun {
    /** With a replica that rows are read from. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MigrationConfig config;
    private final StateFolder state;
    private final @Nullable ClusterAddress remote;
    private final Clusters clusters;

    /** Prepares a run inside this process. */
    public VerifyRun(MigrationConfig config, StateFolder state) {
        this(config, state, null);
    }

    /**
     * @param remote the cluster to run on; null: one inside this process
     */
    public VerifyRun(MigrationConfig config, StateFolder state, @Nullable ClusterAddress remote) {
        this(config, state, remote, Clusters.OWN);
    }

    public VerifyRun(
            MigrationConfig config,
            StateFolder state,
            @Nullable ClusterAddress remote,
            Clusters clusters) {
        this.config = config;
        this.state = state;
        this.remote = remote;
        this.clusters = clusters;
    }

    /**
     * Compares.
     *
     * @return empty if the listener asked for a stop
     * @throws io.iotdbmigrate.model.UserException exit code 4 or 5, if a side cannot be read; 3, if
     *     the repair would delete what the config keeps, or would write rows that replication does
     */
    public Optional<VerifyReport> run(VerifyOptions options, VerifyListener listener)
            throws Exception {
        Instant begun = Instant.now();
        MigrationPlan plan = NamedPlan.of(config, options.tables(), listener);
        plan.takenAlong(options.tables()).ifPresent(listener::note);
        KeptHistory.protect(plan.mappings(), options, listener);
        Path work = new Path(workDir());
        VerifySpec spec =
                VerifySpecs.of(
                        config, plan, options, KeptHistory.of(config, plan), work.toString());
        listener.planned(
                spec.source().tables().size(),
                spec.source().tables().stream().mapToLong(Table::estimatedRows).sum());
        try (Journal journal = Journal.of(config)) {
            JournalProgress replication =
                    JournalProgress.of(
                            journal,
                            config.mysql().origin(),
                            plan,
                            new RemoteJobFinder(config, state)::isLost);
            if (options.repair().executes() && replication.runs()) {
                PivotedRepairs.refuse(plan.mappings());
            }
            replication.endedAt().ifPresent(at -> listener.note(ReportNotes.ended(at)));
            Optional<VerifiedBase> base =
                    options.everything()
                            ? BaseWait.await(config.atOrigin(), plan, replication, listener)
                            : Optional.empty();
            BinlogPosition before = replication.current().orElse(null);
            if (config.mysql().isReadOnlySource()) {
                new ReadOnlySource(config.mysql()).awaitCaughtUp(PATIENCE);
            }
            try (FlinkCluster cluster = clusters.open(remote, spec.parallelism(), 0)) {
                cluster.requireReachable(config.flink().checkpointDir());
                Instant start = Instant.now();
                VerifyWatch watch = new VerifyWatch(cluster, spec, listener);
                if (!watch.untilEnd(sums(spec))) {
                    return Optional.empty();
                }
                Map<Side, SideSums> sums = sums(spec, cluster);
                ComparisonResult look = new ComparisonResult(spec, plan.precision(), sums);
                if (!look.focus().isEmpty() && !watch.untilEnd(rows(spec, look))) {
                    return Optional.empty();
                }
                Duration job = Duration.between(start, Instant.now());
                RepairNote note = new RepairNote(journal);
                VerifyReporter ending =
                        new VerifyReporter(
                                spec,
                                options,
                                look,
                                new RepairChecks(
                                        spec,
                                        options,
                                        look,
                                        plan,
                                        new RepairChecks.Person(listener, replication),
                                        note),
                                replication,
                                new AttributeComparison(
                                        spec,
                                        () ->
                                                NamedPlan.of(config, options.tables(), journal)
                                                        .mappings()),
                                state.differences());
                VerifyReport report = ending.report(before, begun, job);
                VerifyJournal.append(journal, report, options.everything(), base, note.run());
                return Optional.of(report);
            }
        } finally {
            work.getFileSystem().delete(work, true);
        }
    }

    private static Map<Side, SideSums> sums(VerifySpec spec, FlinkCluster cluster)
            throws Exception {
        try {
            return ComparisonResult.sums(spec);
        } catch (FileNotFoundException e) {
            throw cluster.missing(spec.source().workDir(), e);
        }
    }

    private String workDir() {
        return CheckpointFolder.of(config, state.checkpoints()) + "verify/" + UUID.randomUUID();
    }

    private JobGraph sums(VerifySpec spec) {
        StreamExecutionEnvironment env = environment();
        VerifyGraphs.sums(env, spec);
        return graph(env);
    }

    private JobGraph rows(VerifySpec spec, ComparisonResult look) {
        StreamExecutionEnvironment env = environment();
        VerifyGraphs.rows(env, spec, look.focus());
        return graph(env);
    }

    private StreamExecutionEnvironment environment() {
        Configuration settings = FlinkSettings.reading(config.flink());
        return new StreamExecutionEnvironment(settings);
    }

    private JobGraph graph(StreamExecutionEnvironment env) {
        var stream = env.getStreamGraph();
        stream.setJobName("iotdb-migrate verify " + config.name());
        return stream.getJobGraph();
    }
}
