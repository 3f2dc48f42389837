package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.run.cdc.AdoptedRun;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcProcess;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.cdc.LocalStart;
import io.iotdbmigrate.run.state.RemoteJob;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.run.status.StoppedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of {@code cdc} as a cutover needs it: in a process of its own with the same state folder,
 * or on a Flink cluster. Where it has to run again, the one gets a process that stays when this one
 * ends, and the other goes to its cluster again.
 */
public final class FlinkCdcJob implements CdcJob {
    private static final Logger LOG = LoggerFactory.getLogger(FlinkCdcJob.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final MigrationConfig config;
    private final StateFolder state;
    private final LocalStart local;

    /** Where to look for the job if the state folder knows of none. */
    private volatile @Nullable ClusterAddress cluster;

    private volatile String savepoints = "";
    private volatile boolean stopped;
    private volatile @Nullable FutureTask<Boolean> starting;

    /**
     * Starts a process where cdc has to run on this machine again.
     *
     * @param cluster where to look for the job if the state folder knows of none; null: nowhere
     */
    public FlinkCdcJob(
            MigrationConfig config,
            Path configFile,
            StateFolder state,
            @Nullable ClusterAddress cluster) {
        this(config, state, cluster, new CdcProcess(configFile.toAbsolutePath(), state));
    }

    /**
     * Leaves to the caller how cdc runs on this machine again.
     *
     * @param cluster where to look for the job if the state folder knows of none; null: nowhere
     */
    public FlinkCdcJob(
            MigrationConfig config,
            StateFolder state,
            @Nullable ClusterAddress cluster,
            LocalStart local) {
        this.config = config;
        this.state = state;
        this.cluster = cluster;
        this.local = local;
    }

    @Override
    public Status status() throws Exception {
        MigrationStatus status = new StatusRun(config, state).read(cluster);
        Optional<MigrationStatus.Job> job =
                status.job().filter(j -> j.running().command().equals("cdc"));
        boolean running = job.isPresent() && job.get().state().equals("RUNNING");
        return new Status(
                running,
                job.map(j -> j.running().where()).orElse("gone"),
                problem(status, job, running),
                job.flatMap(MigrationStatus.Job::lastCheckpoint)
                        .map(at -> Duration.between(at, Instant.now()))
                        .orElse(null),
                lag(status, job),
                status.applied().map(Applied::rejected).orElse(0L));
    }

    /** Counts what is not applied. Where that is nothing, how late the last one came is history. */
    private static Lag lag(MigrationStatus status, Optional<MigrationStatus.Job> job) {
        long events = status.lagEvents().orElse(0);
        return new Lag(
                events,
                events == 0
                        ? Duration.ZERO
                        : job.map(MigrationStatus.Job::lag).orElse(Duration.ZERO));
    }

    private static @Nullable String problem(
            MigrationStatus status, Optional<MigrationStatus.Job> job, boolean running) {
        if (job.isPresent() && !running) {
            return "the job is " + job.get().state() + "; see its log";
        }
        return running && status.lagEvents().isEmpty()
                ? "does not say how far it is: it has applied no change of this MySQL server yet"
                : null;
    }

    @Override
    public Place place() throws Exception {
        RunningJob job = running();
        ClusterAddress at = job.sent().map(RemoteJob::cluster).orElse(null);
        Place place = new Place(at == null ? null : at.toString(), job.savepoints());
        foundAt(place);
        return place;
    }

    @Override
    public void foundAt(Place place) {
        cluster = place.cluster() == null ? null : ClusterAddress.parse(place.cluster());
        savepoints = place.savepoints();
    }

    @Override
    public boolean drained(BinlogPosition position) throws Exception {
        Set<TableId> tables = CdcSpecs.mappedTables(config);
        try (Journal journal = Journal.of(config);
                BinlogServer server = new BinlogServer(config.mysql())) {
            Optional<Applied> applied = CdcJournal.read(journal);
            return applied.flatMap(a -> a.positionOn(server.uuid()))
                    .map(last -> !server.lag().anyEventBetween(last, position, tables))
                    .orElse(false);
        }
    }

    @Override
    public void checkpoint() throws Exception {
        RunningJob job = running();
        try (RestClusterClient<String> client = StopRun.client(job)) {
            client.triggerCheckpoint(JobID.fromHexString(job.job()), CheckpointType.CONFIGURED)
                    .get();
        }
    }

    @Override
    public String stopWithSavepoint() throws Exception {
        String savepoint =
                new StopRun(config, state)
                        .stop(cluster)
                        .flatMap(StoppedJob::place)
                        .orElseThrow(FlinkCdcJob::notRunning);
        stopped = true;
        return savepoint;
    }

    @Override
    public void resume() {
        FutureTask<Boolean> under = starting;
        if (under == null || under.isDone()) {
            under = new FutureTask<>(this::start);
            starting = under;
            Thread thread = new Thread(under, "start of cdc");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void awaitRunning() throws Exception {
        FutureTask<Boolean> under = starting;
        if (under != null) {
            try {
                under.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }

    /** Returns when the job runs. */
    private boolean start() throws Exception {
        if (!stopped && goesOn()) {
            return true;
        }
        awaitFree();
        new AdoptedRun(config, state).of(savepoints);
        ClusterAddress remote = cluster;
        if (remote == null) {
            local.start();
        } else {
            new CdcRun(config, state)
                    .run(new CdcRun.Options(false, remote, true), new Unattended());
        }
        stopped = false;
        return true;
    }

    /**
     * Tells whether the job runs and is not about to end. One that stops takes no further
     * checkpoint, so one that takes a checkpoint does not stop.
     *
     * @throws UserException if it neither ends nor takes one
     */
    private boolean goesOn() throws Exception {
        Optional<RunningJob> found = find();
        if (found.isEmpty() || found.get().isGone()) {
            return false;
        }
        RunningJob job = found.get();
        JobID id = JobID.fromHexString(job.job());
        AtomicBoolean goesOn = new AtomicBoolean();
        try (RestClusterClient<String> client = StopRun.client(job)) {
            boolean known =
                    Await.<Exception>until(
                            PATIENCE,
                            POLL,
                            () -> {
                                boolean ended =
                                        client.getJobStatus(id).get().isGloballyTerminalState();
                                goesOn.set(!ended && takesCheckpoint(client, id));
                                return ended || goesOn.get();
                            });
            if (!known) {
                throw new UserException(
                        ExitCode.JOB_FAILED,
                        "the cdc that runs as "
                                + job.where()
                                + " neither ends nor completes a checkpoint; see iotdb-migrate"
                                + " status and its log");
            }
        } catch (ExecutionException e) {
            if (job.remote() && !RemoteCluster.isUnknownJob(e)) {
                throw e;
            }
            LOG.info("{} does not answer, so it is taken to be ending", job.rest(), e);
        }
        return goesOn.get();
    }

    private static boolean takesCheckpoint(RestClusterClient<String> client, JobID job)
            throws InterruptedException {
        try {
            client.triggerCheckpoint(job, CheckpointType.CONFIGURED)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("job {} takes no checkpoint", job, e);
            return false;
        }
    }

    /**
     * Waits until the state folder is free. Until the end of the process that ran or followed the
     * job, it holds the state folder.
     */
    private void awaitFree() throws InterruptedException {
        if (!Await.until(PATIENCE, POLL, () -> !state.isHeld())) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "cdc could not be started again: another iotdb-migrate works with the state"
                            + " folder "
                            + state.path());
        }
    }

    private Optional<RunningJob> find() throws Exception {
        return new RemoteJobFinder(config, state)
                .find(cluster)
                .filter(job -> job.command().equals("cdc"));
    }

    private RunningJob running() throws Exception {
        return find().orElseThrow(FlinkCdcJob::notRunning);
    }

    private static UserException notRunning() {
        return new UserException(
                ExitCode.JOB_FAILED,
                "no cdc runs with this state folder; start it with iotdb-migrate cdc");
    }

    /** The cutover shows its own progress. */
    private static final class Unattended implements CdcListener {
        @Override
        public void starting(String where) {
            LOG.info(where);
        }

        @Override
        public void progress(CdcProgress progress) {
            LOG.debug("{}", progress);
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofSeconds(10);
        }

        @Override
        public void note(String sentence) {
            LOG.info(sentence);
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
