package io.iotdbmigrate.run.cutover;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.flink.cluster.RemoteCluster;
import io.iotdbmigrate.flink.cluster.RestClients;
import io.iotdbmigrate.model.Await;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.cdc.AdoptedRun;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.cdc.LocalStart;
import io.iotdbmigrate.run.state.RemoteJobFinder;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import java.time.Duration;
import java.util.Optional;
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
 * A start of cdc that had run before, on a thread of its own: in a process that stays when this one
 * ends, or on its cluster again. One that still runs and is not about to end is left alone.
 */
final class CdcRestart {
    private static final Logger LOG = LoggerFactory.getLogger(CdcRestart.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final MigrationConfig config;
    private final StateFolder state;
    private final LocalStart local;
    private volatile boolean stopped;
    private volatile @Nullable FutureTask<Boolean> starting;

    CdcRestart(MigrationConfig config, StateFolder state, LocalStart local) {
        this.config = config;
        this.state = state;
        this.local = local;
    }

    /** Takes in that the job was stopped: it does not run, whatever the state folder says. */
    void stopped() {
        stopped = true;
    }

    /**
     * Begins, unless a start is under way.
     *
     * @param savepoints folder with the savepoints of the run that ended
     * @param cluster where it ran; null: on this machine
     */
    void begin(String savepoints, @Nullable ClusterAddress cluster) {
        FutureTask<Boolean> under = starting;
        if (under == null || under.isDone()) {
            under = new FutureTask<>(() -> start(savepoints, cluster));
            starting = under;
            Thread thread = new Thread(under, "start of cdc");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until the job runs, if a start has begun. */
    void await() throws Exception {
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
    private boolean start(String savepoints, @Nullable ClusterAddress cluster) throws Exception {
        if (!stopped && goesOn(cluster)) {
            return true;
        }
        awaitFree();
        new AdoptedRun(config, state).adopt(savepoints);
        if (cluster == null) {
            local.start();
        } else {
            new CdcRun(config, state)
                    .run(new CdcRun.Options(false, cluster, true), new Unattended());
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
    private boolean goesOn(@Nullable ClusterAddress cluster) throws Exception {
        Optional<RunningJob> found = new RemoteJobFinder(config, state).findReplication(cluster);
        if (found.isEmpty() || found.get().isGone()) {
            return false;
        }
        RunningJob job = found.get();
        JobID id = JobID.fromHexString(job.job());
        AtomicBoolean goesOn = new AtomicBoolean();
        try (RestClusterClient<String> client = RestClients.open(job.rest())) {
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
