package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.cutover.CdcJob;
import io.iotdbmigrate.flink.cdc.CdcSpecs;
import io.iotdbmigrate.flink.cluster.RestClients;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MatchedTables;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.run.cdc.CdcProcess;
import io.iotdbmigrate.run.cdc.LocalStart;
import io.iotdbmigrate.run.state.RemoteJob;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StatusRun;
import io.iotdbmigrate.run.status.StopRun;
import io.iotdbmigrate.run.status.StoppedJob;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The job of {@code cdc} as a cutover needs it: in a process of its own with the same state folder,
 * or on a Flink cluster. Where it has to run again, the one gets a process that stays when this one
 * ends, and the other goes to its cluster again.
 */
public final class FlinkCdcJob implements CdcJob {
    private final MigrationConfig config;
    private final StateFolder state;
    private final CdcRestart restart;

    /** Where to look for the job if the state folder knows of none. */
    private volatile @Nullable ClusterAddress cluster;

    private volatile String savepoints = "";

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
        this.restart = new CdcRestart(config, state, local);
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
        requireSameTables();
        CountedTables tables = CdcSpecs.counted(config);
        try (Journal journal = Journal.of(config);
                BinlogServer server = new BinlogServer(config.mysql())) {
            Optional<Applied> applied = CdcJournal.read(journal);
            return applied.flatMap(a -> a.positionOn(server.uuid()))
                    .map(last -> !server.lag().anyEventBetween(last, position, tables))
                    .orElse(false);
        }
    }

    /**
     * Requires that no table has come to match a pattern: its writes are not paused, and nobody
     * compares it.
     */
    private void requireSameTables() {
        List<String> known = config.mappedTables();
        for (String table : MatchedTables.again(config).mappedTables()) {
            if (!known.contains(table)) {
                throw new UserException(
                        ExitCode.NOT_SWITCHED,
                        "table "
                                + table
                                + " has come to match a pattern of iotdb.mappings since the cutover"
                                + " began; start the cutover again, which then has it");
            }
        }
    }

    @Override
    public void checkpoint() throws Exception {
        RunningJob job = running();
        try (RestClusterClient<String> client = RestClients.open(job.rest())) {
            client.triggerCheckpoint(JobID.fromHexString(job.job()), CheckpointType.CONFIGURED)
                    .get();
        } catch (ExecutionException e) {
            if (ExceptionUtils.findThrowable(e, ConnectException.class).isEmpty()) {
                throw e;
            }
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    "the cdc that ran as "
                            + job.where()
                            + " does not answer; start iotdb-migrate cdc again and let it catch"
                            + " up, then start the cutover again",
                    e);
        }
    }

    @Override
    public String stopWithSavepoint() throws Exception {
        String savepoint =
                new StopRun(config, state)
                        .stop(cluster)
                        .flatMap(StoppedJob::place)
                        .orElseThrow(FlinkCdcJob::notRunning);
        restart.stopped();
        return savepoint;
    }

    @Override
    public void resume() {
        restart.begin(savepoints, cluster);
    }

    @Override
    public void awaitRunning() throws Exception {
        restart.await();
    }

    private Optional<RunningJob> find() throws Exception {
        return new RemoteJobFinder(config, state).findReplication(cluster);
    }

    private RunningJob running() throws Exception {
        return find().orElseThrow(FlinkCdcJob::notRunning);
    }

    private static UserException notRunning() {
        return new UserException(
                ExitCode.JOB_FAILED,
                "no cdc runs with this state folder; start it with iotdb-migrate cdc");
    }
}
